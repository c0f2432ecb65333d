import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { type AppSpec, parseAppSpec } from './app-spec.ts';
import type { Applications } from './applications.ts';
import type { DeploymentOrder } from './deployment.ts';
import type { DeploymentConfigStore } from './deployment-config.ts';
import { checkAlarms, checkAutoRollback } from './deployment-options.ts';
import { readRevision } from './revision.ts';
import { requireAssumableRole } from './service-role.ts';

const descriptionLimit = 256;

/** Checks CreateDeployment's members and completes them from the group (aws-facts 3.5, 3.6). */
export function readOrder(
  world: World,
  applications: Applications,
  configs: DeploymentConfigStore,
  input: CreateDeploymentInput,
): Omit<DeploymentOrder, 'previousRevision'> {
  const group = applications.group(input.applicationName, input.deploymentGroupName);
  refuseServerMembers(input);
  if ((input.description ?? '').length > descriptionLimit) {
    throw new AwsError(
      'DescriptionTooLongException',
      `The description has ${input.description?.length} characters; at most ${descriptionLimit} are allowed`,
    );
  }
  const revision = readRevision(world, input.revision);
  const appSpec = parseAppSpec(revision.content);
  if (world.settings.hookNamesCheckedAt === 'creation') refuseMissingHooks(world, appSpec);
  requireAssumableRole(world, group);
  const config = configs.get(input.deploymentConfigName ?? group.configName);
  checkAutoRollback(input.autoRollbackConfiguration);
  checkAlarms(input.overrideAlarmConfiguration);
  return {
    group,
    config,
    revision,
    appSpec,
    description: input.description,
    creator: 'user',
    autoRollback: input.autoRollbackConfiguration ?? group.autoRollback,
    alarms: input.overrideAlarmConfiguration ?? group.alarms,
    alarmsOverridden: input.overrideAlarmConfiguration !== undefined,
  };
}

function refuseMissingHooks({ services }: World, { hooks }: AppSpec): void {
  const missing = [...hooks.values()].find((name) => !services.lambda.exists(name));
  if (missing === undefined) return;
  throw new AwsError(
    'InvalidRevisionException',
    `The AppSpec file names a hook function that does not exist: ${missing}`,
  );
}

/** Members that exist for EC2 only are refused for ECS, in the sentence of aws/aws-toolkit-azure-devops #288. */
function refuseServerMembers(input: CreateDeploymentInput): void {
  const refuse = (code: string, member: string): never => {
    throw new AwsError(
      code,
      `For Lambda, ECS and Kubernetes deployment, ${member} can not be specified`,
    );
  };
  if (input.fileExistsBehavior !== undefined) {
    refuse('InvalidFileExistsBehaviorException', 'fileExistsBehavior');
  }
  if (input.updateOutdatedInstancesOnly) {
    refuse('InvalidUpdateOutdatedInstancesOnlyValueException', 'updateOutdatedInstancesOnly');
  }
  if (input.ignoreApplicationStopFailures) {
    refuse('InvalidIgnoreApplicationStopFailuresValueException', 'ignoreApplicationStopFailures');
  }
  if (input.targetInstances !== undefined) {
    refuse('InvalidTargetInstancesException', 'targetInstances');
  }
}
