import type {
  Rollout,
  RolloutRequest,
  ServiceDeployments,
} from '../../../functions/core/ports/service-deployments.ts';
import { isRolloutOver } from '../../../functions/core/rolling/rollout-status.ts';

/** Rollouts of one service, newest first; what was asked of ECS is kept. */
export class FakeServiceDeployments implements ServiceDeployments {
  readonly rollouts: Rollout[] = [];
  readonly started: RolloutRequest[] = [];
  readonly stopped: string[] = [];
  /** Called before each get, to let time do something to the rollout. */
  beforeGet: (arn: string) => void = () => undefined;
  /** What a started rollout looks like. */
  begun: Partial<Rollout> = {};

  async list(_cluster: string, _service: string, sinceMs: number): Promise<Rollout[]> {
    return this.rollouts.filter((one) => one.createdAtMs >= sinceMs || !isRolloutOver(one));
  }

  async get(arn: string): Promise<Rollout | undefined> {
    this.beforeGet(arn);
    return this.rollouts.find((one) => one.arn === arn);
  }

  async start(request: RolloutRequest): Promise<void> {
    this.started.push(request);
    const { taskDefinitionArn } = request;
    this.add({
      arn: rolloutArn(`STARTED${this.started.length}`),
      taskDefinitionArn,
      ...this.begun,
    });
  }

  async stop(arn: string): Promise<'stopping' | 'already-completed'> {
    const found = this.rollouts.find((one) => one.arn === arn);
    if (found === undefined || isRolloutOver(found)) return 'already-completed';
    this.stopped.push(arn);
    this.change(arn, { status: 'ROLLBACK_IN_PROGRESS' });
    return 'stopping';
  }

  add(changes: Partial<Rollout> = {}): Rollout {
    const added = rollout(changes);
    this.rollouts.unshift(added);
    return added;
  }

  change(arn: string, changes: Partial<Rollout>): void {
    const at = this.rollouts.findIndex((one) => one.arn === arn);
    const found = this.rollouts[at];
    if (found === undefined) throw new Error(`No rollout ${arn}`);
    this.rollouts[at] = { ...found, ...changes };
  }
}

export function rolloutArn(id: string): string {
  return `arn:aws:ecs:eu-central-1:123456789012:service-deployment/prod/shop/${id}`;
}

/** A rollout of shop:4, IN_PROGRESS, without a running task yet. */
export function rollout(changes: Partial<Rollout> = {}): Rollout {
  return {
    arn: rolloutArn('AAAAAAAA1'),
    status: 'IN_PROGRESS',
    statusReason: undefined,
    createdAtMs: Date.parse('2026-09-01T10:00:30Z'),
    finishedAtMs: undefined,
    target: {
      revisionArn: 'arn:aws:ecs:eu-central-1:123456789012:service-revision/prod/shop/4',
      requestedTaskCount: 2,
      runningTaskCount: 0,
      pendingTaskCount: 2,
    },
    rollback: undefined,
    failures: undefined,
    triggeredAlarmNames: [],
    taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
    ...changes,
  };
}
