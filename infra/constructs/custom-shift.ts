import { CfnDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import type { Construct } from 'constructs';
import type { SampleShift } from '../traffic-shift.ts';

/** A deployment configuration that is not CodeDeploy's own. */
export function customShift(
  scope: Construct,
  deploymentConfigName: string,
  { type, percentage, minutes }: NonNullable<SampleShift['custom']>,
): CfnDeploymentConfig {
  return new CfnDeploymentConfig(scope, 'DeploymentConfig', {
    deploymentConfigName,
    computePlatform: 'ECS',
    trafficRoutingConfig:
      type === 'canary'
        ? {
            type: 'TimeBasedCanary',
            timeBasedCanary: { canaryPercentage: percentage, canaryInterval: minutes },
          }
        : {
            type: 'TimeBasedLinear',
            timeBasedLinear: { linearPercentage: percentage, linearInterval: minutes },
          },
  });
}
