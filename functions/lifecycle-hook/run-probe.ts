import type { ProbeTransport } from '../core/ports/probe-transport.ts';
import type { ProbePlan } from '../core/probe/probe-plan.ts';
import type { ProbeSample } from '../core/probe/sample.ts';

/**
 * Carries a plan out, at most `concurrency` requests at a time. Requests that the signal cut off are no
 * samples: they say something about our deadline, nothing about the service.
 */
export async function runProbe(
  plan: ProbePlan,
  transport: ProbeTransport,
  signal: AbortSignal,
): Promise<ProbeSample[]> {
  const samples: ProbeSample[] = [];
  let next = 0;
  const work = async () => {
    while (next < plan.requests && !signal.aborted) {
      const index = next++;
      const response = await transport.send(plan.request, signal);
      if (!(signal.aborted && response.kind === 'no-response')) {
        samples.push({ index, response });
      }
    }
  };
  await Promise.all(Array.from({ length: plan.concurrency }, work));
  return samples.sort((left, right) => left.index - right.index);
}
