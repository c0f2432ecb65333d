import type { CheckResult } from '../core/checks/check-result.ts';
import { awaitsReply, judgeWebSocketCheck } from '../core/checks/web-socket-check.ts';
import type { WebSocketCheckConfig } from '../core/config/schema.ts';
import { maxBodyBytes, planSchedule } from '../core/probe/probe-plan.ts';
import { runSchedule } from '../core/probe/run-schedule.ts';
import { boundedTimeoutMs } from '../core/probe/send-following.ts';
import { planExchange, resolveWebSocketCheck } from '../core/probe/web-socket-plan.ts';
import type { CheckInputs } from './check-inputs.ts';
import { isCutOff, takenPlace } from './cut-off.ts';
import type { JudgeDeps } from './hook-scene.ts';
import type { Vantage } from './vantage.ts';

/** Opens the WebSockets of a check, one exchange each. */
export async function runWebSocketCheck(
  check: WebSocketCheckConfig,
  { listener }: Pick<Vantage, 'listener'>,
  { references, mask }: CheckInputs,
  { webSocket, clock, signal }: Pick<JudgeDeps, 'webSocket' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  const resolved = resolveWebSocketCheck(check, references);
  const exchange = {
    ...planExchange(check, listener, references),
    awaitReply: awaitsReply(check),
    maxMessageBytes: maxBodyBytes,
  };
  const { sent } = await runSchedule(
    planSchedule(check),
    async (slot) => {
      const timeoutMs = boundedTimeoutMs(check.timeoutMs, slot.endsAtMs - clock.now());
      const answer = await webSocket.exchange({ ...exchange, timeoutMs }, signal);
      return isCutOff(answer, slot, signal, clock.now())
        ? undefined
        : { index: slot.index, delayMs: slot.delayMs, answer };
    },
    { clock, signal },
  );
  const context = { mask, nowMs: clock.now() };
  return judgeWebSocketCheck(resolved, takenPlace(sent), context, check);
}
