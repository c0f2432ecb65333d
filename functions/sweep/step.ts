import type { Config } from '../core/config/schema.ts';
import { endedExecution } from '../core/events/execution-status-change.ts';
import { inParallel } from '../core/in-parallel.ts';
import type { DescribedExecution, Executions, ListedExecution } from '../core/ports/executions.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { Workflow } from '../core/ports/workflow.ts';
import { memoisedBy } from '../core/preflight/memoised.ts';
import { knownExecution, mayBeOf } from '../core/sweep/known-execution.ts';
import { sweepGraceMs } from '../core/sweep/same-push.ts';
import { type ObserveExecutionDeps, observeExecution } from '../observe-execution/step.ts';
import { concludeUnheard } from './conclude-unheard.ts';
import { type ExpireApprovalsDeps, expireApprovals } from './expire-approvals.ts';
import { type ReportDriftDeps, reportDrift } from './report-drift.ts';
import { sendUnsent } from './send-unsent.ts';
import { startMissed } from './start-missed.ts';

export interface SweepDeps extends ObserveExecutionDeps {
  readonly config: Config;
  readonly deployments: ObserveExecutionDeps['deployments'] & ExpireApprovalsDeps['deployments'];
  readonly images: Pick<ImageRegistry, 'listTaggedImages'>;
  readonly executions: Executions;
  readonly workflow: Workflow;
  readonly drift: ReportDriftDeps['drift'];
}

/** What a sweep set right; empty when nothing was amiss. */
export interface SweepReport {
  /** Executions started for pushes whose event never came. */
  readonly started: readonly string[];
  /** Executions whose outcome was missing and is on record, or on its way there, now. */
  readonly recorded: readonly string[];
  /** Running executions whose deployment had ended unheard. */
  readonly concluded: readonly string[];
  /** Deployments that nobody approved in time. */
  readonly expired: readonly string[];
  /** Subjects of notifications that the topic did not take when they were due. */
  readonly told: readonly string[];
  /** Services that are not as their last release left them. */
  readonly drifted: readonly string[];
  /** What could not be looked at, one sentence each. */
  readonly problems: readonly string[];
}

/** How far back a sweep looks: a missed push is found by the next sweep, after an outage of days at the latest. */
const lookBackMs = 7 * 24 * 3_600_000;
/** Ends are settled by their own events within minutes; older ones had their sweeps. */
const endsLookBackMs = 24 * 3_600_000;
/** A thousand services are looked at within the function's ten minutes, well below the quotas of what is asked. */
const servicesAtOnce = 8;

/**
 * Compares what should have happened with what did (promise P1): starts the newest image that nothing was started
 * for and what a tag was moved back to, leaves an outcome for executions that left none, and answers those whose
 * deployment ended unheard. Reports drift, and touches nothing about it. Looks at AWS, not at events, and may run at any
 * time, twice, or never: it only makes good what was lost.
 */
export async function sweep(deps: SweepDeps): Promise<SweepReport> {
  const nowMs = deps.clock.now();
  const report = {
    started: [],
    recorded: [],
    concluded: [],
    expired: [],
    told: [],
    drifted: [],
    problems: [],
  } as Writable<SweepReport>;
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      // One service must not cost the others their sweep; the next one comes here again.
      deps.log.warn('sweep incomplete', { what, error });
      report.problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  // First, as CodeDeploy's own hour sets a bound to it.
  for (const service of deps.config.services) {
    await attempt(`approvals of ${service.name}`, async () => {
      report.expired.push(...(await expireApprovals(service, deps)));
    });
  }
  const known = await deps.executions.list(nowMs - lookBackMs);
  const workflowSinceMs = await deps.executions.workflowSinceMs();
  const describe = memoisedBy(String, (arn: string) => deps.executions.describe(arn));
  const scope = { executions: known, workflowSinceMs, lookBackMs, graceMs: sweepGraceMs };
  await inParallel(deps.config.services, servicesAtOnce, (service) =>
    attempt(`pushes of ${service.name}`, async () => {
      report.started.push(...(await startMissed(service, scope, { ...deps, describe })));
    }),
  );
  for (const execution of known) {
    await attempt(`execution ${execution.executionName}`, async () => {
      const done = await settle(execution, nowMs, deps);
      if (done !== undefined) report[done].push(execution.executionName);
    });
  }
  await attempt('notifications', async () => {
    report.told.push(...(await sendUnsent(deps)));
  });
  // Last: it sets nothing right, and the release of a moment ago is in flight by now.
  const begun = await deps.executions.list(nowMs);
  const running = [...known, ...begun].filter(({ status }) => status === 'RUNNING');
  await inParallel(deps.config.services, servicesAtOnce, (service) =>
    attempt(`drift of ${service.name}`, async () => {
      if (await isReleasing(service.name, running, describe)) return;
      if (report.started.some((name) => mayBeOf(service.name, name))) return;
      if ((await reportDrift(service, deps)) === 'drifted') report.drifted.push(service.name);
    }),
  );
  deps.log.info('swept', { executions: known.length, ...report });
  return report;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

/** Whether an execution for the service runs, under whatever name a person gave it. */
async function isReleasing(
  service: string,
  running: readonly ListedExecution[],
  describe: (executionArn: string) => Promise<DescribedExecution>,
): Promise<boolean> {
  for (const { executionArn, executionName } of running) {
    if (!mayBeOf(service, executionName)) continue;
    try {
      if (knownExecution(service, await describe(executionArn)) !== undefined) return true;
    } catch {
      // It is told of where executions are settled; whose it is nobody knows.
      return true;
    }
  }
  return false;
}

async function settle(
  execution: ListedExecution,
  nowMs: number,
  deps: SweepDeps,
): Promise<'recorded' | 'concluded' | undefined> {
  if (execution.status === 'RUNNING') {
    const described = await deps.executions.describe(execution.executionArn);
    return (await concludeUnheard(described, deps)) ? 'concluded' : undefined;
  }
  // By its end: a release may have waited for days before that.
  const endedAtMs = execution.endedAtMs ?? execution.startedAtMs;
  if (nowMs - endedAtMs > endsLookBackMs) return undefined;
  if (execution.status === 'SUCCEEDED' || execution.status === 'PENDING_REDRIVE') return undefined;
  const ended = endedExecution(await deps.executions.describe(execution.executionArn));
  // Without a bucket nobody knows that people were told, and every sweep would tell them again.
  const { kind } = await observeExecution(ended, { ...deps, unclaimed: 'leave' });
  return kind === 'already-recorded' || kind === 'ignored' || kind === 'left-alone'
    ? undefined
    : 'recorded';
}
