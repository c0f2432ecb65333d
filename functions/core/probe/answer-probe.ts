import type { ServiceConfig } from '../config/schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { ProbeRequest } from '../ports/probe-transport.ts';
import { planProbe } from './probe-plan.ts';

/** Patient enough for a service under load; the question is only whether it answers. */
const answerTimeoutMs = 5_000;

/** One GET that asks whether a service answers at all: the first configured HTTP check's path, or `/`. */
export function answerProbe(
  { checks }: Pick<ServiceConfig, 'checks'>,
  listener: Listener,
  deploymentId: string,
): ProbeRequest {
  const first = [
    ...checks.afterAllowTestTraffic,
    ...checks.beforeAllowTraffic,
    ...checks.afterAllowTraffic,
  ].find((check) => check.type === 'http');
  const check = first ?? { path: '/', headers: {}, requests: 1, concurrency: 1 };
  return planProbe({ ...check, method: 'GET', timeoutMs: answerTimeoutMs }, listener, deploymentId)
    .request;
}
