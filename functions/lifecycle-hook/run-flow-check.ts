import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeFlowCheck } from '../core/checks/flow-check.ts';
import type { FlowCheckConfig } from '../core/config/schema.ts';
import { planSchedule } from '../core/probe/probe-plan.ts';
import { runFlow } from '../core/probe/run-flow.ts';
import { runSchedule } from '../core/probe/run-schedule.ts';
import type { CheckInputs } from './check-inputs.ts';
import { takenPlace } from './cut-off.ts';
import type { JudgeDeps } from './hook-scene.ts';
import type { Vantage } from './vantage.ts';

/** Runs a flow as often as its schedule says; a run that our own time cut off is none. */
export async function runFlowCheck(
  check: FlowCheckConfig,
  { listener }: Pick<Vantage, 'listener'>,
  { references }: CheckInputs,
  { probe, clock, signal }: Pick<JudgeDeps, 'probe' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  const now = () => clock.now();
  const { sent } = await runSchedule(
    planSchedule({ ...check, requests: check.runs }),
    async ({ index, delayMs, endsAtMs }) => {
      const run = await runFlow(check, {
        ...references,
        listener,
        transport: probe,
        signal,
        endsAtMs,
        now,
      });
      return run.cutOff ? undefined : { index, delayMs, run };
    },
    { clock, signal },
  );
  return judgeFlowCheck(check, takenPlace(sent), now());
}
