import type {
  AlarmConfiguration,
  AutoRollbackConfiguration,
  BlueGreenDeploymentConfiguration,
  CreateDeploymentGroupInput,
  DeploymentStyle,
  OutdatedInstancesStrategy,
  TriggerConfig,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { readBlueGreen } from './blue-green-options.ts';
import { checkAlarms, checkAutoRollback } from './deployment-options.ts';
import { readService } from './group-service.ts';
import { refuseServerMembers } from './server-members.ts';
import { checkTriggers } from './triggers.ts';

/** A deployment group of the ECS platform (aws-facts 3.7). */
export interface DeploymentGroup {
  readonly id: string;
  readonly applicationId: string;
  readonly applicationName: string;
  readonly name: string;
  readonly configName: string;
  readonly serviceRoleArn: string;
  readonly style: DeploymentStyle;
  readonly blueGreen: BlueGreenDeploymentConfiguration;
  readonly targetGroupNames: readonly [string, string];
  readonly productionListenerArn: string;
  readonly testListenerArn: string | undefined;
  /** Names, also where the input has ARNs. */
  readonly cluster: string;
  readonly service: string;
  readonly autoRollback: AutoRollbackConfiguration | undefined;
  readonly alarms: AlarmConfiguration | undefined;
  readonly triggers: readonly TriggerConfig[];
  readonly outdatedInstancesStrategy: OutdatedInstancesStrategy;
  /** What the group was made of; an update replaces some of these members. */
  readonly input: GroupInput;
}

export type GroupInput = Omit<Partial<CreateDeploymentGroupInput>, 'tags'>;

/** What an update keeps of a group. */
export type GroupIdentity = Pick<DeploymentGroup, 'id' | 'applicationId'>;

/** Checks and completes the members of CreateDeploymentGroup; throws what CodeDeploy throws. */
export function readDeploymentGroup(
  world: World,
  input: GroupInput,
  identity: GroupIdentity,
): DeploymentGroup {
  const { applicationName = '', deploymentGroupName: name = '', serviceRoleArn } = input;
  if (!/^.{1,100}$/.test(name)) {
    throw new AwsError(
      'InvalidDeploymentGroupNameException',
      `Deployment group name must have 1 to 100 characters: ${name}`,
    );
  }
  if (!serviceRoleArn) throw new AwsError('RoleRequiredException', 'A service role is required');
  if (!/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(serviceRoleArn)) {
    throw new AwsError('InvalidRoleException', `Cannot assume role provided: ${serviceRoleArn}`);
  }
  checkAutoRollback(input.autoRollbackConfiguration);
  checkAlarms(input.alarmConfiguration);
  checkTriggers(input.triggerConfigurations, world.identity.region);
  refuseServerMembers(input);
  return {
    ...identity,
    applicationName,
    name,
    configName: input.deploymentConfigName ?? 'CodeDeployDefault.ECSAllAtOnce',
    serviceRoleArn,
    style: readStyle(input.deploymentStyle),
    blueGreen: readBlueGreen(input.blueGreenDeploymentConfiguration),
    ...readLoadBalancer(world, input.loadBalancerInfo),
    ...readService(input.ecsServices),
    autoRollback: input.autoRollbackConfiguration,
    alarms: input.alarmConfiguration,
    triggers: input.triggerConfigurations ?? [],
    outdatedInstancesStrategy: readOutdatedInstancesStrategy(input.outdatedInstancesStrategy),
    input,
  };
}

/** Terraform sends it for every platform; without instances it has no effect. */
function readOutdatedInstancesStrategy(
  strategy: OutdatedInstancesStrategy | undefined,
): OutdatedInstancesStrategy {
  if (!strategy) return 'UPDATE';
  if (strategy === 'UPDATE' || strategy === 'IGNORE') return strategy;
  throw new AwsError(
    'InvalidInputException',
    `outdatedInstancesStrategy must be UPDATE or IGNORE, not ${strategy}`,
  );
}

function readStyle(style: DeploymentStyle | undefined): DeploymentStyle {
  if (style?.deploymentType === 'BLUE_GREEN' && style.deploymentOption === 'WITH_TRAFFIC_CONTROL') {
    return style;
  }
  throw new AwsError(
    'InvalidDeploymentStyleException',
    'For ECS deployment, the deployment type must be BLUE_GREEN, and deployment option must be WITH_TRAFFIC_CONTROL.',
  );
}

function readLoadBalancer(
  world: World,
  given: CreateDeploymentGroupInput['loadBalancerInfo'],
): Pick<DeploymentGroup, 'targetGroupNames' | 'productionListenerArn' | 'testListenerArn'> {
  const invalid = (message: string) => new AwsError('InvalidLoadBalancerInfoException', message);
  if (!given) throw invalid('For ECS deployment group, loadBalancerInfo must be specified');
  const pairs = given.targetGroupPairInfoList ?? [];
  const [pair] = pairs;
  if (!pair || pairs.length > 1) {
    throw invalid('For ECS deployment group, exactly one target group pair must be specified');
  }
  const names = (pair.targetGroups ?? []).map((group) => group.name ?? '');
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length > 2 || first === second) {
    throw invalid('A target group pair must have two different target groups');
  }
  const missing = names.find((name) => world.services.elbv2.targetGroupArn(name) === undefined);
  if (missing !== undefined) throw invalid(`The target group ${missing} does not exist`);
  const [productionListenerArn, ...moreProduction] = pair.prodTrafficRoute?.listenerArns ?? [];
  const [testListenerArn, ...moreTest] = pair.testTrafficRoute?.listenerArns ?? [];
  if (productionListenerArn === undefined) {
    throw invalid('A target group pair must have a production traffic route');
  }
  if (moreProduction.length > 0 || moreTest.length > 0) {
    throw invalid('A traffic route must have exactly one listener');
  }
  if (productionListenerArn === testListenerArn) {
    throw invalid('Production and test traffic route must have different listeners');
  }
  return { targetGroupNames: [first, second], productionListenerArn, testListenerArn };
}
