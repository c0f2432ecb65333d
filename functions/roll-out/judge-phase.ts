import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { ProbeResponse } from '../core/ports/probe-transport.ts';
import { answerProbe } from '../core/probe/answer-probe.ts';
import { countAnswers } from '../core/rolling/count-answers.ts';
import { judgeAnswers } from '../core/rolling/judge-answers.ts';
import { alarmChecks, checksOfPhase, type RolloutPhase } from '../core/rolling/rollout-checks.ts';
import type { PhaseReport, RolloutProgress } from '../core/rolling/rollout-progress.ts';
import { rolloutId } from '../core/rolling/rollout-status.ts';
import { combineChecks } from '../core/verdict/combine-checks.ts';
import { runAlarmsCheck } from '../lifecycle-hook/run-alarms-check.ts';
import { runChecks } from '../lifecycle-hook/run-checks.ts';
import { productionListener } from './production-listener.ts';
import type { RollOutDeps, WatchedRollout } from './roll-out-deps.ts';

/** The plain requests of one look, beside those of the checks: enough to meet both releases behind the listener. */
const answersPerLook = 6;

/** The lifecycle event at which a check of the user's own would run under CodeDeploy. */
const lifecycleEventOf: Readonly<Record<RolloutPhase, HookLifecycleEvent>> = {
  before: 'BeforeInstall',
  during: 'AfterAllowTestTraffic',
  after: 'AfterAllowTraffic',
  bake: 'AfterAllowTraffic',
};

/** Carries out the checks of a phase against production; the progress comes back with report and counted answers. */
export async function judgePhase(
  phase: RolloutPhase,
  { arn, service, progress }: WatchedRollout,
  deps: RollOutDeps,
): Promise<{ readonly report: PhaseReport; readonly progress: RolloutProgress }> {
  const listener = await productionListener(service, deps);
  const deploymentId = rolloutId({ arn });
  const request = answerProbe(service, listener, deploymentId);
  const responses: ProbeResponse[] = [];
  for (let sent = 0; sent < answersPerLook; sent += 1) {
    responses.push(await deps.probe.send(request, deps.signal));
  }
  const vantage = {
    lifecycleEvent: lifecycleEventOf[phase],
    deploymentId,
    service: service.name,
    image: progress.release.image,
    listener,
    originalListener: undefined,
  };
  const checks = [
    judgeAnswers(request, responses),
    ...(await runChecks(checksOfPhase(phase, service.checks), vantage, deps)),
    ...(await runAlarmsCheck(alarmChecks(service), [], deps)),
  ];
  const endedAt = new Date(deps.clock.now()).toISOString();
  const report: PhaseReport = { phase, ...combineChecks(checks), checks, endedAt };
  deps.log.info('phase judged', { deploymentId, phase, verdict: report.verdict });
  return { report, progress: withReport(progress, report, responses, service) };
}

function withReport(
  progress: RolloutProgress,
  report: PhaseReport,
  responses: readonly ProbeResponse[],
  { target: { releaseHeader } }: WatchedRollout['service'],
): RolloutProgress {
  const { answers, phases } = progress;
  const side = report.phase === 'before' ? 'before' : 'since';
  return {
    ...progress,
    phases: [...phases.filter(({ phase }) => phase !== report.phase), report],
    answers: { ...answers, [side]: countAnswers(answers[side], responses, releaseHeader) },
  };
}
