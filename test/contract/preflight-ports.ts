import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CodeDeployClient } from '@aws-sdk/client-codedeploy';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { clientOptions } from '../../cli/rehearsal/stage.ts';
import { applicationAutoScaling } from '../../functions/adapters/application-auto-scaling.ts';
import { cloudWatchAlarmSettings } from '../../functions/adapters/cloudwatch-alarm-settings.ts';
import { codeDeployDeployments } from '../../functions/adapters/codedeploy.ts';
import { codeDeployGroups } from '../../functions/adapters/codedeploy-groups.ts';
import { ec2Network } from '../../functions/adapters/ec2-network.ts';
import { ecrImageRegistry } from '../../functions/adapters/ecr-image-registry.ts';
import { ecrImageScans } from '../../functions/adapters/ecr-image-scans.ts';
import { ecsContainerInstances } from '../../functions/adapters/ecs-container-instances.ts';
import { ecsServices } from '../../functions/adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../../functions/adapters/ecs-task-definitions.ts';
import { elbv2Inspection } from '../../functions/adapters/elbv2-inspection.ts';
import { iamRolePermissions } from '../../functions/adapters/iam-role-permissions.ts';
import { iamRoles } from '../../functions/adapters/iam-roles.ts';
import { lambdaHookFunctions } from '../../functions/adapters/lambda-hook-functions.ts';
import { secretCatalogue } from '../../functions/adapters/secret-catalogue.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import type { PreflightPorts } from '../../functions/core/preflight/preflight-facts.ts';
import { hookNamePrefix } from '../../infra/names.ts';

/** The adapters behind preflight, against one endpoint. */
export function preflightPortsAt(options: ReturnType<typeof clientOptions>): PreflightPorts {
  const ecr = new ECRClient(options);
  const ecs = new ECSClient(options);
  const codeDeploy = new CodeDeployClient(options);
  const iam = new IAMClient(options);
  return {
    images: ecrImageRegistry(ecr),
    imageScans: ecrImageScans(ecr),
    services: ecsServices(ecs),
    taskDefinitions: ecsTaskDefinitions(ecs),
    roles: iamRoles(iam),
    secretCatalogue: secretCatalogue(new SecretsManagerClient(options), new SSMClient(options)),
    deploymentGroups: codeDeployGroups(codeDeploy),
    deployments: codeDeployDeployments(codeDeploy),
    balancers: elbv2Inspection(new ElasticLoadBalancingV2Client(options)),
    alarmSettings: cloudWatchAlarmSettings(new CloudWatchClient(options)),
    network: ec2Network(new EC2Client(options)),
    scaling: applicationAutoScaling(new ApplicationAutoScalingClient(options)),
    hookFunctions: lambdaHookFunctions(new LambdaClient(options)),
    rolePermissions: iamRolePermissions(iam),
    containerInstances: ecsContainerInstances(ecs),
    clock: systemClock,
    hookNamePrefix,
  };
}
