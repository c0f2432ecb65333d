import type { Config, ServiceConfig } from '../core/config/schema.ts';
import { endedExecution } from '../core/events/execution-status-change.ts';
import type { Executions, ListedExecution } from '../core/ports/executions.ts';
import type { ImageRegistry } from '../core/ports/image-registry.ts';
import type { Workflow } from '../core/ports/workflow.ts';
import { findMissedImage } from '../core/sweep/find-missed-image.ts';
import { executionName } from '../core/workflow/execution-name.ts';
import { pushRecordKeys, type ReceivedPushRecord } from '../core/workflow/push-record.ts';
import { type ObserveExecutionDeps, observeExecution } from '../observe-execution/step.ts';
import { concludeUnheard } from './conclude-unheard.ts';
import { type ExpireApprovalsDeps, expireApprovals } from './expire-approvals.ts';

export interface SweepDeps extends ObserveExecutionDeps {
  readonly config: Config;
  readonly deployments: ObserveExecutionDeps['deployments'] & ExpireApprovalsDeps['deployments'];
  readonly images: Pick<ImageRegistry, 'listTaggedImages'>;
  readonly executions: Executions;
  readonly workflow: Workflow;
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
  /** What could not be looked at, one sentence each. */
  readonly problems: readonly string[];
}

/** A push event that is not here after this long will not come: EventBridge delivers within seconds. */
const graceMs = 5 * 60_000;
/** How far back a sweep looks: a missed push is found by the next sweep, after an outage of days at the latest. */
const lookBackMs = 7 * 24 * 3_600_000;
/** Ends are settled by their own events within minutes; older ones had their sweeps. */
const endsLookBackMs = 24 * 3_600_000;

/**
 * Compares what should have happened with what did (promise P1): starts the newest image that nothing was started
 * for, leaves an outcome for executions that left none, and answers those whose deployment ended unheard. Looks
 * at AWS, not at events, and may run at any time, twice, or never: it only makes good what was lost.
 */
export async function sweep(deps: SweepDeps): Promise<SweepReport> {
  const nowMs = deps.clock.now();
  const report = {
    started: [],
    recorded: [],
    concluded: [],
    expired: [],
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
  const sinceMs = Math.max(await deps.executions.workflowSinceMs(), nowMs - lookBackMs);
  for (const service of deps.config.services) {
    await attempt(`pushes of ${service.name}`, async () => {
      const window = { sinceMs, untilMs: nowMs - graceMs };
      report.started.push(...(await startMissed(service, known, window, deps)));
    });
  }
  for (const execution of known) {
    await attempt(`execution ${execution.executionName}`, async () => {
      const done = await settle(execution, nowMs, deps);
      if (done !== undefined) report[done].push(execution.executionName);
    });
  }
  deps.log.info('swept', { executions: known.length, ...report });
  return report;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] };

async function startMissed(
  service: ServiceConfig,
  known: readonly ListedExecution[],
  window: { readonly sinceMs: number; readonly untilMs: number },
  { images, workflow, records, log }: SweepDeps,
): Promise<string[]> {
  const tagged = await images.listTaggedImages(service.image.repository);
  const names = known.map((execution) => execution.executionName);
  const request = findMissedImage(service, tagged, names, window);
  if (request === undefined) return [];
  const name = executionName(request);
  const { repository, tag, digest, pushedAt, eventId } = request;
  const received: ReceivedPushRecord = {
    repository,
    tag,
    digest,
    pushedAt,
    executions: [{ service: service.name, executionName: name }],
  };
  await records.write(pushRecordKeys.received(eventId), received).catch((error: unknown) => {
    log.error('record not written', { eventId, error });
  });
  const result = await workflow.startExecution({ name, input: request });
  log.warn('missed push started', { ...request, executionName: name, result });
  return result === 'started' ? [name] : [];
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
  if (nowMs - execution.startedAtMs > endsLookBackMs) return undefined;
  if (execution.status === 'SUCCEEDED' || execution.status === 'PENDING_REDRIVE') return undefined;
  const ended = endedExecution(await deps.executions.describe(execution.executionArn));
  const { kind } = await observeExecution(ended, deps);
  return kind === 'already-recorded' || kind === 'ignored' || kind === 'left-alone'
    ? undefined
    : 'recorded';
}
