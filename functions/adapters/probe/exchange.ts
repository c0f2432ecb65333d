import type { ProbeTimings } from '../../core/ports/probe-transport.ts';
import { NoAnswer, reasonOf } from './no-answer.ts';
import { PhaseClock } from './phase-clock.ts';

/** A socket or HTTP/2 session. */
export interface Resource {
  destroy(): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** One exchange with a server: how far it has got, and what it must give back at its end. */
export class Exchange {
  readonly phases = new PhaseClock();
  /** What is being waited for, as in "no complete answer within 50 ms, …". */
  progress = 'not begun';
  /** A protocol's farewell after a good answer; outside the limit, and must bound itself. */
  parting: () => Promise<void> = async () => undefined;
  readonly #resources: Resource[] = [];
  #closed = false;

  /** Hands a resource over: destroyed at the end, at once if that has come, and its late errors are nobody's. */
  own<T extends Resource>(resource: T): T {
    resource.on('error', () => undefined);
    if (this.#closed) resource.destroy();
    else this.#resources.push(resource);
    return resource;
  }

  /** Destroys everything, latest first. */
  close(): void {
    this.#closed = true;
    for (const resource of this.#resources.splice(0).reverse()) resource.destroy();
  }
}

export interface Unanswered {
  readonly kind: 'no-response';
  readonly reason: string;
}

/**
 * Carries `work` out within one limit for the whole of it, and until `signal` aborts. Never rejects: a failure is a
 * reason. When it resolves, nothing is left behind: no timer, listener, socket or session.
 */
export async function runExchange<T>(
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
  work: (exchange: Exchange) => Promise<T>,
): Promise<{ readonly outcome: T | Unanswered; readonly timings: ProbeTimings }> {
  const { timeoutMs, signal } = limits;
  const exchange = new Exchange();
  let cut: (reason: string) => void = () => undefined;
  const cutShort = new Promise<never>((_, reject) => {
    cut = (reason) => reject(new NoAnswer(reason));
  });
  const abort = () => cut('aborted');
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(
    () => cut(`no complete answer within ${timeoutMs} ms, ${exchange.progress}`),
    timeoutMs,
  );
  try {
    if (signal.aborted) throw new NoAnswer('aborted');
    const outcome = await Promise.race([work(exchange), cutShort]);
    const timings = exchange.phases.timings();
    clearTimeout(timer);
    if (!signal.aborted) await exchange.parting();
    return { outcome, timings };
  } catch (error) {
    const reason = signal.aborted ? 'aborted' : reasonOf(error);
    return { outcome: { kind: 'no-response', reason }, timings: exchange.phases.timings() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    exchange.close();
  }
}
