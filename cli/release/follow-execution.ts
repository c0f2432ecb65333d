import { deploymentRecordKeys } from '../../functions/core/deployment/deployment-record-keys.ts';
import type { HookReport } from '../../functions/core/hooks/hook-report.ts';
import { parseHookReport } from '../../functions/core/hooks/parse-hook-report.ts';
import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import type { DescribedExecution, ListedExecution } from '../../functions/core/ports/executions.ts';
import type { CheckedFinding } from '../../functions/core/preflight/finding.ts';
import type { PhaseReport } from '../../functions/core/rolling/rollout-progress.ts';
import { pushRecordKeys } from '../../functions/core/workflow/push-record.ts';
import type { AwaitDeps } from './await-execution.ts';
import { findingsOf } from './findings-of.ts';
import { keepAsking } from './keep-asking.ts';
import { readRollout } from './read-rollout.ts';
import { endOnRecord, releaseEnd, requestOf } from './release-end.ts';
import type { Followed } from './release-news.ts';
import { RolloutTeller } from './rollout-news.ts';

/** The record of an execution that was stopped follows when its deployment is rolled back. */
const recordPatienceMs = 60_000;

/**
 * Tells of every step of an execution, and of the hooks of its deployment or the phases of its rolling update, until it has ended and its outcome is on
 * record, or until `untilMs`. What it cannot read it leaves out: the outcome does not depend on it.
 */
export async function followExecution(
  { executionArn }: Pick<ListedExecution, 'executionArn'>,
  untilMs: number,
  deps: AwaitDeps,
): Promise<Followed> {
  const { clock, intervalMs } = deps;
  const beganMs = clock.now();
  const follower = new Follower(deps, untilMs);
  let endedMs: number | undefined;
  for (;;) {
    const execution = await follower.look(executionArn);
    const record = await follower.pushRecord(execution);
    const end = releaseEnd(execution, record);
    if (end !== undefined) {
      endedMs ??= clock.now();
      const onRecord = endOnRecord(execution, record) !== undefined;
      const patient = execution.status === 'ABORTED' && clock.now() - endedMs < recordPatienceMs;
      if (onRecord || !patient) return { kind: 'ended', execution, end, ...follower.evidence() };
    }
    const waitedMs = clock.now() - beganMs;
    if (clock.now() >= untilMs) return { kind: 'timed-out', executionArn, afterMs: waitedMs };
    await clock.sleep(intervalMs);
  }
}

/** Remembers what it told, so that nothing is told twice. */
class Follower {
  readonly #deps: AwaitDeps;
  readonly #untilMs: number;
  readonly #lifecycle = new Map<string, string>();
  readonly #hooks = new Map<string, HookReport>();
  #findings: readonly CheckedFinding[] = [];
  #preflightEntered = false;
  #statesTold = 0;
  #redrivesTold = 0;
  #deploymentId: string | undefined;
  readonly #rollout: RolloutTeller;
  #phases: readonly PhaseReport[] = [];

  constructor(deps: AwaitDeps, untilMs: number) {
    this.#deps = deps;
    this.#untilMs = untilMs;
    this.#rollout = new RolloutTeller(deps.tell);
  }

  evidence() {
    return { findings: this.#findings, hooks: [...this.#hooks.values()], phases: this.#phases };
  }

  async look(executionArn: string): Promise<DescribedExecution> {
    const { account, tell } = this.#deps;
    // Described first: what the history lacks then has not ended the execution either.
    const execution = await this.#ask(() => account.describe(executionArn));
    const { states, redrives, deploymentId } = await this.#ask(() =>
      account.progress(executionArn),
    );
    if (redrives > this.#redrivesTold) {
      tell({ kind: 'redriven', redrives });
      this.#redrivesTold = redrives;
    }
    for (const { name, atMs } of states.slice(this.#statesTold)) {
      await this.#preflight(execution);
      tell({ kind: 'state', name, atMs });
      this.#preflightEntered ||= name === 'Preflight';
    }
    this.#statesTold = states.length;
    if (execution.status !== 'RUNNING') await this.#preflight(execution);
    if (deploymentId !== undefined) await this.#deployment(deploymentId);
    if (states.some(({ name }) => name === 'RollOut')) await this.#rolling(execution);
    return execution;
  }

  async pushRecord(execution: DescribedExecution): Promise<unknown> {
    const request = requestOf(execution);
    if (request === undefined || execution.status === 'RUNNING') return undefined;
    const key = pushRecordKeys.outcome(request.eventId, request.service);
    return this.#ask(() => this.#deps.account.record(key));
  }

  /** Preflight writes its findings before its state ends, so the next state, or the end, finds them. */
  async #preflight(execution: DescribedExecution): Promise<void> {
    const request = requestOf(execution);
    if (this.#findings.length > 0 || request === undefined || !this.#preflightEntered) return;
    const key = pushRecordKeys.preflight(request.eventId, request.service);
    const findings = findingsOf(await this.#ask(() => this.#deps.account.record(key)), execution);
    if (findings.length === 0) return;
    this.#findings = findings;
    this.#deps.tell({ kind: 'preflight', findings });
  }

  /** A rolling update has no hooks: what it found stands in its own records. */
  async #rolling(execution: DescribedExecution): Promise<void> {
    const request = requestOf(execution);
    if (request === undefined) return;
    const rollout = await this.#ask(() => readRollout(this.#deps.account, request, execution));
    if (rollout === undefined) return;
    this.#phases = rollout.phases;
    this.#rollout.look(rollout);
  }

  async #deployment(deploymentId: string): Promise<void> {
    const { account, tell } = this.#deps;
    if (deploymentId !== this.#deploymentId) {
      tell({ kind: 'deployment', deploymentId });
      this.#deploymentId = deploymentId;
      this.#lifecycle.clear();
      this.#hooks.clear();
    }
    const target = await this.#ask(() => account.deploymentTarget(deploymentId));
    for (const { name, status } of target?.lifecycleEvents ?? []) {
      if (this.#lifecycle.get(name) === status || status === 'Pending') continue;
      this.#lifecycle.set(name, status);
      tell({ kind: 'lifecycle', name, status });
      if (status !== 'InProgress') await this.#hook(deploymentId, name);
    }
  }

  async #hook(deploymentId: string, name: string): Promise<void> {
    const lifecycleEvent = hookLifecycleEvents.find((event) => event === name);
    if (lifecycleEvent === undefined) return;
    const key = deploymentRecordKeys.hook(deploymentId, lifecycleEvent);
    const report = parseHookReport(await this.#ask(() => this.#deps.account.record(key)));
    if (report === undefined) return;
    this.#hooks.set(name, report);
    this.#deps.tell({ kind: 'hook', report });
  }

  #ask<T>(ask: () => Promise<T>): Promise<T> {
    const { clock, tell } = this.#deps;
    return keepAsking(ask, { clock, tell, untilMs: this.#untilMs });
  }
}
