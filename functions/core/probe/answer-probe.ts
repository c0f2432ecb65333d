import type { ServiceConfig } from '../config/schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { ProbeRequest } from '../ports/probe-transport.ts';
import { planRequest } from './probe-plan.ts';
import { referencesIn } from './references.ts';

/** Patient enough for a service under load; the question is only whether it answers. */
const answerTimeoutMs = 5_000;

/**
 * One GET that asks whether a service answers at all: the first configured HTTP check's path, or `/`. It is sent
 * without secrets, so what refers to one is left out: to be refused is an answer too.
 */
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
  const values = { secrets: {}, captured: {}, deploymentId };
  if (first === undefined) {
    const plain = { path: '/', method: 'GET', headers: {}, timeoutMs: answerTimeoutMs };
    return planRequest(plain, listener, values);
  }
  const { headers, path, protocol, tls } = first;
  const settings = {
    method: 'GET',
    path: isOpen(path) ? path : '/',
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => isOpen(value))),
    timeoutMs: answerTimeoutMs,
    // Whatever the check says of HTTP/2, an HTTP listener answers in HTTP/1.1 only.
    protocol: listener.protocol === 'HTTPS' ? protocol : undefined,
    tls,
  };
  return planRequest(settings, listener, values);
}

/** Whether a text can be sent without knowing a secret. */
function isOpen(text: string): boolean {
  return referencesIn(text).every(({ kind }) => kind === 'deployment-id');
}
