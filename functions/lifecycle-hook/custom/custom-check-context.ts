import type { CustomCheckConfig } from '../../core/config/schema.ts';
import type {
  CheckAnswer,
  CheckProbe,
  CheckRequest,
  CustomCheckContext,
} from '../../core/custom/custom-check.ts';
import type { ReceivedAnswers } from '../../core/custom/judge-custom-check.ts';
import { pinnedImage } from '../../core/hooks/pinned-image.ts';
import type { Listener } from '../../core/ports/load-balancing.ts';
import type { ProbeRequest } from '../../core/ports/probe-transport.ts';
import { listenerUrl, maxBodyBytes } from '../../core/probe/probe-plan.ts';
import type { JudgeDeps } from '../hook-scene.ts';
import type { Vantage } from '../vantage.ts';

const defaultTimeoutMs = 5_000;

/** What a check works with, and what it did with it. */
export interface OpenedContext {
  readonly context: CustomCheckContext;
  readonly answers: ReceivedAnswers;
}

/** Opens probes, clock and facts to one check; everything in it ends with `signal`. */
export function openCustomCheckContext(
  check: CustomCheckConfig,
  secrets: Readonly<Record<string, string>>,
  vantage: Vantage,
  deps: Pick<JudgeDeps, 'probe' | 'clock' | 'signal'>,
  log: CustomCheckContext['log'],
): OpenedContext {
  const { deploymentId, lifecycleEvent, service, image } = vantage;
  const { clock, signal } = deps;
  const answers: { count: number; last: CheckAnswer | undefined } = { count: 0, last: undefined };
  const through = (listener: Listener): CheckProbe => {
    const probe = async (request: CheckRequest) => {
      signal.throwIfAborted();
      const planned = planRequest(request, check, listener, deploymentId);
      const response = await deps.probe.send(planned, signal);
      signal.throwIfAborted();
      const answer = toAnswer(response);
      answers.count += 1;
      answers.last = answer;
      return answer;
    };
    return (request) => silently(probe(request));
  };
  const context: CustomCheckContext = {
    probe: through(vantage.listener),
    original: vantage.originalListener && through(vantage.originalListener),
    clock: { now: () => clock.now(), sleep: (ms) => silently(clock.sleep(ms, signal)) },
    signal,
    deployment: {
      deploymentId,
      service,
      lifecycleEvent,
      image,
      digest: image === undefined ? undefined : pinnedImage(image)?.digest,
    },
    settings: check.settings,
    secrets,
    log,
  };
  return { context, answers };
}

/** A promise that a check forgot to await must not end the process, and the report with it. */
function silently<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function planRequest(
  request: CheckRequest,
  { tls }: Pick<CustomCheckConfig, 'tls'>,
  listener: Listener,
  deploymentId: string,
): ProbeRequest {
  const { path, method = 'GET', headers = {}, timeoutMs = defaultTimeoutMs, body } = request;
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw new RangeError(`Cannot probe path ${JSON.stringify(path)}: it must begin with /`);
  }
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    url: listenerUrl(listener, path),
    method,
    // As the check wrote them: references are the configuration's. The last one tells the service's logs who asked.
    headers: { ...Object.fromEntries(named), 'x-greengate-probe': deploymentId },
    timeoutMs,
    maxBodyBytes,
    ...(body === undefined ? {} : { body }),
    tls,
  };
}

function toAnswer(response: Awaited<ReturnType<JudgeDeps['probe']['send']>>): CheckAnswer {
  const { durationMs } = response;
  if (response.kind === 'no-response') {
    return { kind: 'no-response', reason: response.reason, durationMs };
  }
  const { status, headers, setCookies = [], body } = response;
  return { kind: 'response', status, headers, setCookies, body, durationMs };
}
