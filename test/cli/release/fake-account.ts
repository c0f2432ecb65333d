import type { ExecutionProgress } from '../../../cli/release/execution-progress.ts';
import type { ReleaseAccount } from '../../../cli/release/release-account.ts';
import type { ReleaseNews } from '../../../cli/release/release-news.ts';
import type { DeploymentTarget } from '../../../functions/core/ports/deployments.ts';
import type { DescribedExecution } from '../../../functions/core/ports/executions.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';

/** An account whose executions, histories, targets and records a test sets as time goes by. */
export class FakeAccount implements ReleaseAccount {
  readonly stateMachineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:greengate-deploy';
  readonly all: DescribedExecution[] = [];
  readonly documents = new Map<string, unknown>();
  progressNow: ExecutionProgress = { states: [], redrives: 0, deploymentId: undefined };
  target: DeploymentTarget | undefined;
  /** Thrown by the next calls, one each. */
  readonly failures: Error[] = [];

  async executions(sinceMs: number) {
    this.#fail();
    return this.all.filter(({ startedAtMs }) => startedAtMs >= sinceMs);
  }

  async describe(executionArn: string) {
    this.#fail();
    const found = this.all.find((one) => one.executionArn === executionArn);
    if (found === undefined) throw new Error(`no execution ${executionArn}`);
    return found;
  }

  async progress() {
    this.#fail();
    return this.progressNow;
  }

  async deploymentTarget() {
    this.#fail();
    return this.target;
  }

  async record(key: string) {
    this.#fail();
    return this.documents.get(key);
  }

  #fail(): void {
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
  }
}

export const request = {
  service: 'shop',
  repository: 'team/shop',
  tag: 'v7',
  digest: `sha256:${'ab'.repeat(32)}`,
  pushedAt: '2026-09-01T10:00:00Z',
  eventId: 'event-1',
};

export const executionName = 'shop-abababababab-1111111111111111';

export function executionAt(
  startedAtMs: number,
  change: Partial<DescribedExecution> = {},
): DescribedExecution {
  const name = change.executionName ?? executionName;
  return {
    executionArn: `arn:aws:states:eu-west-1:111122223333:execution:greengate-deploy:${name}`,
    executionName: name,
    status: 'RUNNING',
    startedAtMs,
    redriveCount: 0,
    input: JSON.stringify(request),
    error: undefined,
    cause: undefined,
    ...change,
  };
}

/** What a follower needs, and what it told. `steps` happen one by one, each while it sleeps. */
export function prepareFollower(...steps: readonly ((account: FakeAccount) => void)[]) {
  const account = new FakeAccount();
  const clock = new FakeClock();
  const told: ReleaseNews[] = [];
  const waiting = [...steps];
  clock.duringSleep = () => waiting.shift()?.(account);
  const deps = { account, clock, intervalMs: 5_000, tell: (news: ReleaseNews) => told.push(news) };
  return { account, clock, told, deps };
}
