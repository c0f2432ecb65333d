import type {
  ProbeRequest,
  ProbeResponse,
  ProbeTransport,
} from '../../../functions/core/ports/probe-transport.ts';

/** Answers by a function of the request and its 0-based number; counts how many are under way at once. */
export class FakeProbeTransport implements ProbeTransport {
  readonly requests: ProbeRequest[] = [];
  answer: (request: ProbeRequest, number: number) => ProbeResponse | Promise<ProbeResponse> = () =>
    answered(200);
  mostAtOnce = 0;
  #atOnce = 0;

  async send(request: ProbeRequest): Promise<ProbeResponse> {
    const number = this.requests.push(request) - 1;
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    await Promise.resolve();
    const response = await this.answer(request, number);
    this.#atOnce -= 1;
    return response;
  }
}

export function answered(status: number, body = '', durationMs = 5): ProbeResponse {
  return {
    kind: 'response',
    status,
    headers: { 'content-type': 'application/json' },
    body,
    durationMs,
  };
}

export function unanswered(reason = 'ECONNREFUSED'): ProbeResponse {
  return { kind: 'no-response', reason, durationMs: 5 };
}
