import type { CreateDeploymentGroupInput } from '@aws-sdk/client-codedeploy';
import { z } from 'zod';
import { cfnBoolean, cfnNumber, cfnTags } from '../cloudformation/property-schemas.ts';

const route = z.strictObject({ ListenerArns: z.array(z.string()) });

/** AWS::CodeDeploy::DeploymentGroup of the ECS platform. */
export const deploymentGroupProperties = z.strictObject({
  ApplicationName: z.string(),
  DeploymentGroupName: z.string().optional(),
  DeploymentConfigName: z.string().optional(),
  ServiceRoleArn: z.string(),
  DeploymentStyle: z
    .strictObject({
      DeploymentType: z.enum(['BLUE_GREEN', 'IN_PLACE']).optional(),
      DeploymentOption: z.enum(['WITH_TRAFFIC_CONTROL', 'WITHOUT_TRAFFIC_CONTROL']).optional(),
    })
    .optional(),
  ECSServices: z
    .array(z.strictObject({ ClusterName: z.string(), ServiceName: z.string() }))
    .optional(),
  LoadBalancerInfo: z
    .strictObject({
      TargetGroupPairInfoList: z.array(
        z.strictObject({
          TargetGroups: z.array(z.strictObject({ Name: z.string() })),
          ProdTrafficRoute: route.optional(),
          TestTrafficRoute: route.optional(),
        }),
      ),
    })
    .optional(),
  BlueGreenDeploymentConfiguration: z
    .strictObject({
      DeploymentReadyOption: z
        .strictObject({
          ActionOnTimeout: z.enum(['CONTINUE_DEPLOYMENT', 'STOP_DEPLOYMENT']).optional(),
          WaitTimeInMinutes: cfnNumber.optional(),
        })
        .optional(),
      TerminateBlueInstancesOnDeploymentSuccess: z
        .strictObject({
          Action: z.enum(['TERMINATE', 'KEEP_ALIVE']).optional(),
          TerminationWaitTimeInMinutes: cfnNumber.optional(),
        })
        .optional(),
    })
    .optional(),
  AutoRollbackConfiguration: z
    .strictObject({
      Enabled: cfnBoolean.optional(),
      Events: z
        .array(
          z.enum(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST']),
        )
        .optional(),
    })
    .optional(),
  AlarmConfiguration: z
    .strictObject({
      Enabled: cfnBoolean.optional(),
      IgnorePollAlarmFailure: cfnBoolean.optional(),
      Alarms: z.array(z.strictObject({ Name: z.string() })).optional(),
    })
    .optional(),
  TriggerConfigurations: z
    .array(
      z.strictObject({
        TriggerName: z.string(),
        TriggerTargetArn: z.string(),
        TriggerEvents: z.array(
          z.enum([
            'DeploymentStart',
            'DeploymentSuccess',
            'DeploymentFailure',
            'DeploymentStop',
            'DeploymentRollback',
            'DeploymentReady',
            'InstanceStart',
            'InstanceSuccess',
            'InstanceFailure',
            'InstanceReady',
          ]),
        ),
      }),
    )
    .optional(),
  OutdatedInstancesStrategy: z.enum(['UPDATE', 'IGNORE']).optional(),
  TerminationHookEnabled: cfnBoolean.optional(),
  Tags: cfnTags,
});

type GroupProperties = z.output<typeof deploymentGroupProperties>;

/** The same in the API's spelling. */
export function toGroupInput(
  properties: GroupProperties,
  deploymentGroupName: string,
): Partial<CreateDeploymentGroupInput> {
  return lowerCamelKeys({
    ...properties,
    DeploymentGroupName: deploymentGroupName,
  }) as Partial<CreateDeploymentGroupInput>;
}

/** CloudFormation's names are the API's with another first letter, `ECSServices` aside. */
function lowerCamelKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamelKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [
        key === 'ECSServices' ? 'ecsServices' : key.charAt(0).toLowerCase() + key.slice(1),
        // Tags keep `Key` and `Value` in the API, too.
        key === 'Tags' ? member : lowerCamelKeys(member),
      ]),
  );
}
