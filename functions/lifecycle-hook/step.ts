import { deploymentRecordKeys } from '../core/deployment/deployment-record-keys.ts';
import { isTerminal } from '../core/deployment/status.ts';
import { DeadlineExceededError, RequestRefusedError } from '../core/errors.ts';
import type { HookReport } from '../core/hooks/hook-report.ts';
import type { HookJudgement } from '../core/hooks/judgement.ts';
import type { HookCall } from '../core/hooks/parse-hook-payload.ts';
import { parseHookReport } from '../core/hooks/parse-hook-report.ts';
import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import type { Log } from '../core/ports/log.ts';
import type { Notifier } from '../core/ports/notifier.ts';
import type { Records } from '../core/ports/records.ts';
import { hookStatusOf } from '../core/verdict/verdict.ts';
import { askForApproval, awaitsApproval, wantedApproval } from './ask-for-approval.ts';
import { type JudgeDeps, openHookScene } from './hook-scene.ts';
import { judgeLifecycleEvent } from './judge-lifecycle-event.ts';
import { patiently } from './patiently.ts';
import { requireOwnEvent } from './require-own-event.ts';

/** What judges stops with the signal; records and report do not, the reserve of time is theirs. */
export interface LifecycleHookDeps {
  readonly lifecycleEvent: HookLifecycleEvent;
  /** Built while judging, so that even an unreadable configuration still ends in a report. */
  readonly judge: () => Omit<JudgeDeps, 'clock' | 'signal' | 'log'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly reports: Pick<Deployments, 'reportHook' | 'target' | 'get'>;
  readonly records: Records;
  readonly notifier: Notifier;
  readonly region: () => string;
  readonly log: Log;
}

/**
 * The SDK has retried for some seconds by then. Three minutes in all: a hundred releases at once keep the Elastic Load
 * Balancing API busy for longer than one (docs/reference/storm.md).
 */
const judgePausesMs = [5_000, 20_000, 30_000, 30_000, 30_000, 30_000, 30_000] as const;
/** A report that is not made costs an hour (aws-facts 3.3), so what is left of the reserve goes into it. */
const reportPausesMs = [1_000, 3_000, 6_000] as const;

/** Time that the judgement gets after its signal to hand over what it has. */
const graceMs = 500;

/**
 * One lifecycle hook. It starts from Failed and always answers: whatever goes wrong while judging becomes a
 * verdict, and the function itself fails only when the report could not be made (style habit 9). CodeDeploy
 * ignores the function's own result and would wait an hour for the report (aws-facts 3.3), which is what lets a
 * person answer in the hook's place.
 */
export async function runLifecycleHook(
  call: HookCall,
  deps: LifecycleHookDeps,
): Promise<HookReport> {
  const earlier = await readEarlierReport(call, deps);
  const report = earlier ?? (await makeReport(call, deps));
  if (earlier === undefined) {
    await keepReport(report, deps);
  }
  const refusal = awaitsApproval(report) ? await askForApproval(report, deps) : undefined;
  if (refusal !== undefined) await keepReport(refusal, deps);
  if (refusal === undefined && awaitsApproval(report)) return report;
  await sendReport(refusal ?? report, deps);
  return refusal ?? report;
}

/** An invocation that comes twice for one execution must not judge twice, with perhaps another verdict. */
async function readEarlierReport(
  call: HookCall,
  { lifecycleEvent, records, log }: LifecycleHookDeps,
): Promise<HookReport | undefined> {
  try {
    const key = deploymentRecordKeys.hook(call.deploymentId, lifecycleEvent);
    const report = parseHookReport(await records.read(key));
    return report?.hookExecutionId === call.hookExecutionId ? report : undefined;
  } catch (error) {
    log.warn('hook record unreadable', { ...call, lifecycleEvent, error });
    return undefined;
  }
}

async function makeReport(call: HookCall, deps: LifecycleHookDeps): Promise<HookReport> {
  const { lifecycleEvent, clock, signal, log } = deps;
  const startedAtMs = clock.now();
  let service: string | undefined;
  let approval: HookReport['awaitsApproval'];
  let judgement: HookJudgement = {
    verdict: 'error',
    sentence: `${lifecycleEvent} was not judged`,
    checks: [],
  };
  try {
    const judge = { ...deps.judge(), clock, signal, log };
    const work = async () => {
      const scene = await openHookScene(call.deploymentId, judge);
      service = scene.service.name;
      await requireOwnEvent(call.deploymentId, lifecycleEvent, judge);
      approval = wantedApproval(lifecycleEvent, scene);
      const { loadBalancing } = scene;
      return judgeLifecycleEvent(lifecycleEvent, scene, { ...judge, loadBalancing });
    };
    // A throttled Describe call says nothing about the release, and there is time: it is judged anew.
    judgement = await beforeAbort(deps, () => patiently(deps, judgePausesMs, work, signal));
  } catch (error) {
    log.error('hook could not judge', { ...call, lifecycleEvent, service, error });
    judgement = {
      verdict: error instanceof DeadlineExceededError ? 'inconclusive' : 'error',
      sentence: error instanceof Error ? error.message : String(error),
      checks: [],
    };
  }
  return {
    ...call,
    lifecycleEvent,
    service,
    ...judgement,
    ...(approval && judgement.verdict === 'pass' && { awaitsApproval: approval }),
    startedAt: new Date(startedAtMs).toISOString(),
    endedAt: new Date(clock.now()).toISOString(),
  };
}

/** Waits for the work, but hardly longer than its signal: work that ignores it must not cost the report. */
async function beforeAbort<T>(
  { signal, clock }: Pick<LifecycleHookDeps, 'signal' | 'clock'>,
  work: () => Promise<T>,
): Promise<T> {
  const expired = new Promise<never>((_, reject) => {
    const giveUp = async () => {
      await clock.sleep(graceMs);
      reject(new DeadlineExceededError('The checks did not end before the time for the report'));
    };
    if (signal.aborted) void giveUp();
    else signal.addEventListener('abort', () => void giveUp(), { once: true });
  });
  return Promise.race([work(), expired]);
}

async function keepReport(report: HookReport, { records, log }: LifecycleHookDeps): Promise<void> {
  const { deploymentId, lifecycleEvent } = report;
  try {
    await records.write(deploymentRecordKeys.hook(deploymentId, lifecycleEvent), report);
  } catch (error) {
    // The verdict still counts; only its evidence is lost (design D2).
    log.error('hook record not written', { deploymentId, lifecycleEvent, error });
  }
}

async function sendReport(report: HookReport, deps: LifecycleHookDeps): Promise<void> {
  const { reports, log } = deps;
  const { deploymentId, hookExecutionId, lifecycleEvent, verdict, sentence } = report;
  const status = hookStatusOf(verdict);
  const fields = { deploymentId, hookExecutionId, lifecycleEvent, service: report.service };
  const answer = await patiently(deps, reportPausesMs, () =>
    reports.reportHook(deploymentId, hookExecutionId, status),
  );
  if (answer === 'already-completed') {
    const [target, deployment] = await Promise.all([
      reports.target(deploymentId),
      reports.get(deploymentId),
    ]);
    const reported = target?.lifecycleEvents.find(({ name }) => name === lifecycleEvent)?.status;
    // A second delivery of the same invocation meets its own report (aws-facts 3.3); a deployment that was stopped
    // meanwhile waits for none. Anything else is a verdict that somebody gave in our place.
    const expected = reported === status || (deployment !== undefined && isTerminal(deployment));
    if (!expected) {
      throw new RequestRefusedError(
        `Cannot report ${status} for ${lifecycleEvent} of ${deploymentId}: it is completed as ${reported ?? 'unknown'} already`,
        { details: fields },
      );
    }
  }
  log.info('hook reported', { ...fields, answer, status, verdict, sentence });
}
