import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeHttpAnswer, judgeHttpCheck } from '../core/checks/http-check.ts';
import type { HttpCheckConfig } from '../core/config/schema.ts';
import { planRequest, planSchedule } from '../core/probe/probe-plan.ts';
import { resolveAnswer } from '../core/probe/resolve-expectations.ts';
import { runSchedule } from '../core/probe/run-schedule.ts';
import { sendFollowing } from '../core/probe/send-following.ts';
import type { CheckInputs } from './check-inputs.ts';
import { isCutOff, takenPlace } from './cut-off.ts';
import type { JudgeDeps } from './hook-scene.ts';
import type { Vantage } from './vantage.ts';

/** Sends the requests of an HTTP check and judges each answer as it comes. */
export async function runHttpCheck(
  check: HttpCheckConfig,
  { listener }: Pick<Vantage, 'listener'>,
  { references, mask }: CheckInputs,
  { probe, clock, signal }: Pick<JudgeDeps, 'probe' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  const resolved = { ...check, expect: resolveAnswer(check.expect, references) };
  const request = planRequest(check, listener, references);
  const now = () => clock.now();
  const { sent } = await runSchedule(
    planSchedule(check),
    async (slot) => {
      const options = { follow: check.redirects.follow, endsAtMs: slot.endsAtMs, now };
      const exchange = await sendFollowing(request, probe, signal, options);
      if (isCutOff(exchange.response, slot, signal, now())) return undefined;
      const context = { mask, nowMs: now() };
      return judgeHttpAnswer(resolved, { ...exchange, ...slot }, context, check);
    },
    { clock, signal },
  );
  return judgeHttpCheck(check, takenPlace(sent));
}
