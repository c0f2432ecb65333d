import { httpProbe } from '../../functions/adapters/probe/http-probe.ts';
import type { ProbeRequest, ProbeResponse } from '../../functions/core/ports/probe-transport.ts';

/** Sends a real probe, GET unless told otherwise. */
export function sendProbe(
  url: string,
  changes: Partial<ProbeRequest> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ProbeResponse> {
  const request = { method: 'GET', headers: {}, timeoutMs: 2_000, maxBodyBytes: 1_000 };
  return httpProbe('1.2.3').send({ url, ...request, ...changes }, signal);
}
