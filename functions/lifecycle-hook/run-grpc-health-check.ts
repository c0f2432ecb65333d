import type { CheckResult } from '../core/checks/check-result.ts';
import { judgeGrpcHealthCheck } from '../core/checks/grpc-health-check.ts';
import type { GrpcHealthCheckConfig } from '../core/config/schema.ts';
import { listenerUrl, planHeaders, planSchedule } from '../core/probe/probe-plan.ts';
import { runSchedule } from '../core/probe/run-schedule.ts';
import { boundedTimeoutMs } from '../core/probe/send-following.ts';
import type { CheckInputs } from './check-inputs.ts';
import { isCutOff, takenPlace } from './cut-off.ts';
import type { JudgeDeps } from './hook-scene.ts';
import type { Vantage } from './vantage.ts';

/** Asks for the health of a gRPC service. */
export async function runGrpcHealthCheck(
  check: GrpcHealthCheckConfig,
  { listener }: Pick<Vantage, 'listener'>,
  { references, mask }: CheckInputs,
  { grpcHealth, clock, signal }: Pick<JudgeDeps, 'grpcHealth' | 'clock' | 'signal'>,
): Promise<CheckResult> {
  const request = {
    url: listenerUrl(listener, ''),
    service: check.service,
    headers: planHeaders(check.headers, references),
    tls: check.tls,
  };
  const { sent } = await runSchedule(
    planSchedule(check),
    async (slot) => {
      const timeoutMs = boundedTimeoutMs(check.timeoutMs, slot.endsAtMs - clock.now());
      const answer = await grpcHealth.check({ ...request, timeoutMs }, signal);
      return isCutOff(answer, slot, signal, clock.now())
        ? undefined
        : { index: slot.index, delayMs: slot.delayMs, answer };
    },
    { clock, signal },
  );
  return judgeGrpcHealthCheck(check, takenPlace(sent), mask);
}
