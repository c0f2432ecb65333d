import type {
  EcsDeployment,
  EcsService,
  EcsServices,
  RollingState,
  Task,
  TaskSet,
} from '../../../functions/core/ports/ecs-services.ts';

/** Services by `cluster/name`, with the tasks that run. */
export class FakeEcsServices implements EcsServices {
  readonly services = new Map<string, EcsService>();
  readonly tasks = new Map<string, Task[]>();

  async describeService(cluster: string, service: string): Promise<EcsService | undefined> {
    return this.services.get(`${cluster}/${service}`);
  }

  async listRunningTasks(cluster: string, service: string): Promise<Task[]> {
    return this.tasks.get(`${cluster}/${service}`) ?? [];
  }
}

/** A steady PRIMARY task set of two tasks. */
export function taskSet(changes: Partial<TaskSet> = {}): TaskSet {
  return {
    id: 'ecs-svc/1111111111111111111',
    taskSetArn: `arn:aws:ecs:eu-central-1:123456789012:task-set/prod/shop/ecs-svc/1111111111111111111`,
    externalId: 'd-ORIGINAL1',
    status: 'PRIMARY',
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3',
    computedDesiredCount: 2,
    pendingCount: 0,
    runningCount: 2,
    stabilityStatus: 'STEADY_STATE',
    targetGroupArn:
      'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-blue/0123456789abcdef',
    createdAtMs: Date.parse('2026-08-01T10:00:00Z'),
    ...changes,
  };
}

/** A service under CODE_DEPLOY with its task sets, the PRIMARY one first. */
export function codeDeployService(taskSets: readonly TaskSet[] = [taskSet()]): EcsService {
  return {
    serviceArn: 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop',
    deploymentController: 'CODE_DEPLOY',
    desiredCount: 2,
    loadBalancedContainer: { name: 'app', port: 8080 },
    launchType: 'FARGATE',
    capacityProviders: [],
    network: { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-tasks'] },
    healthCheckGracePeriodSeconds: 60,
    primaryTaskSet: taskSets.find(({ status }) => status === 'PRIMARY'),
    taskSets,
  };
}

/** A steady deployment of the ECS controller with two tasks. */
export function ecsDeployment(changes: Partial<EcsDeployment> = {}): EcsDeployment {
  return {
    id: 'ecs-svc/1111111111111111111',
    status: 'PRIMARY',
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    rolloutState: 'COMPLETED',
    createdAtMs: Date.parse('2026-08-01T10:00:00Z'),
    ...changes,
  };
}

/** A service under the ECS controller behind the target group shop-blue, with its deployments, newest first. */
export function rollingEcsService(
  deployments: readonly EcsDeployment[] = [ecsDeployment()],
  changes: Partial<RollingState> = {},
): EcsService {
  return {
    ...codeDeployService([]),
    deploymentController: 'ECS',
    rolling: {
      deployments,
      strategy: 'ROLLING',
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
      alarmNames: [],
      targetGroupArns: [
        'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/shop-blue/0123456789abcdef',
      ],
      ...changes,
    },
  };
}

/** A running task of a task set whose container `app` runs the digest. */
export function runningTask(
  of: Pick<TaskSet, 'id' | 'taskDefinitionArn'>,
  imageDigest: string | undefined,
  number = 1,
): Task {
  return {
    taskArn: `arn:aws:ecs:eu-central-1:123456789012:task/prod/${String(number).padStart(32, '0')}`,
    lastStatus: 'RUNNING',
    startedBy: of.id,
    taskDefinitionArn: of.taskDefinitionArn,
    stopCode: undefined,
    stoppedReason: undefined,
    containers: [
      {
        name: 'sidecar',
        imageDigest: `sha256:${'5'.repeat(64)}`,
        exitCode: undefined,
        reason: undefined,
      },
      { name: 'app', imageDigest, exitCode: undefined, reason: undefined },
    ],
  };
}
