import { missedExpectations } from '../checks/http-expectations.ts';
import type { Miss } from '../checks/miss.ts';
import type { FlowCheckConfig, FlowStepConfig } from '../config/flow-schema.ts';
import type { Listener } from '../ports/load-balancing.ts';
import type { ProbeResponse, ProbeTransport } from '../ports/probe-transport.ts';
import { captureValues } from './capture-values.ts';
import { CookieJar } from './cookies.ts';
import { type Mask, maskOf } from './mask.ts';
import { planRequest } from './probe-plan.ts';
import type { ReferenceValues } from './references.ts';
import { resolveAnswer } from './resolve-expectations.ts';
import { outlineOf, type ResponseOutline } from './response-outline.ts';
import { sendFollowing, timeIsUp } from './send-following.ts';

/** The step at which a run stopped; the answer is masked only when it is shown. */
export interface FlowStop {
  /** 0-based position of the step. */
  readonly step: number;
  readonly misses: readonly Miss[];
  readonly response: ProbeResponse;
  readonly mask: Mask;
}

/** One run through the steps of a flow, up to the first that misses something. */
export interface FlowRun {
  readonly durationMs: number;
  readonly responses: readonly ResponseOutline[];
  /** Undefined when every step was right. */
  readonly stop: FlowStop | undefined;
  /** True when our own time was up in the middle, which says nothing about the service. */
  readonly cutOff: boolean;
}

export interface FlowRunOptions {
  readonly listener: Listener;
  readonly secrets: ReferenceValues['secrets'];
  readonly deploymentId: string;
  readonly transport: ProbeTransport;
  readonly signal: AbortSignal;
  readonly endsAtMs: number;
  readonly now: () => number;
}

/** Carries one run out, step by step; each may use what the ones before it captured. */
export async function runFlow(flow: FlowCheckConfig, options: FlowRunOptions): Promise<FlowRun> {
  const { signal, endsAtMs, now } = options;
  const cookies = flow.cookies === 'keep' ? new CookieJar() : undefined;
  const responses: ResponseOutline[] = [];
  let durationMs = 0;
  const captured: Record<string, string> = {};
  const ended = (stop: FlowStop | undefined, cutOff = false): FlowRun => ({
    durationMs,
    responses,
    stop,
    cutOff,
  });
  for (const [position, step] of flow.steps.entries()) {
    if (signal.aborted || now() >= endsAtMs) return ended(undefined, true);
    const values = {
      secrets: options.secrets,
      captured: { ...captured },
      deploymentId: options.deploymentId,
    };
    const request = planRequest(settingsOf(flow, step), options.listener, values);
    const exchange = await sendFollowing(request, options.transport, signal, {
      follow: step.redirects.follow,
      endsAtMs,
      now,
      cookies,
    });
    const { response } = exchange;
    if (response.kind === 'no-response' && (signal.aborted || timeIsUp(now(), endsAtMs))) {
      return ended(undefined, true);
    }
    responses.push(outlineOf(response));
    durationMs += response.durationMs;
    const found = captureValues(step.capture, response, now());
    Object.assign(captured, found.values);
    const mask = flowMask(options.secrets, captured, cookies);
    const expect = resolveAnswer(step.expect, values);
    const misses = missedExpectations(expect, exchange, { mask, nowMs: now() });
    // After a wrong answer nothing else can be expected of it.
    const all = misses.length > 0 ? misses : found.misses;
    if (all.length > 0) return ended({ step: position, misses: all, response, mask });
  }
  return ended(undefined);
}

/** What a step does not say for itself, the flow says. */
function settingsOf(flow: FlowCheckConfig, step: FlowStepConfig) {
  const own = new Set(Object.keys(step.headers).map((name) => name.toLowerCase()));
  const common = Object.entries(flow.headers).filter(([name]) => !own.has(name.toLowerCase()));
  return {
    path: step.path,
    method: step.method,
    headers: { ...Object.fromEntries(common), ...step.headers },
    body: step.body,
    timeoutMs: flow.timeoutMs,
    protocol: flow.protocol,
    tls: flow.tls,
  };
}

function flowMask(
  secrets: Readonly<Record<string, string>>,
  captured: Readonly<Record<string, string>>,
  cookies: CookieJar | undefined,
): Mask {
  const named = (kind: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => [`${kind}.${name}`, value]);
  return maskOf(
    Object.fromEntries([
      ...(cookies?.values ?? []).map((value, index) => [`cookies.${index + 1}`, value]),
      ...named('captured', captured),
      ...named('secrets', secrets),
    ]),
  );
}
