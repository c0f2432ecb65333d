import { readJsonPath } from '../checks/json-path.ts';
import type { Miss } from '../checks/miss.ts';
import { parseJsonText } from '../checks/parse-json-text.ts';
import type { CaptureConfig, FlowStepConfig } from '../config/flow-schema.ts';
import type { ProbeResponse } from '../ports/probe-transport.ts';
import { cookiesOf } from './cookies.ts';

export interface CapturedValues {
  readonly values: Readonly<Record<string, string>>;
  /** What was to be captured and was not there. */
  readonly misses: readonly Miss[];
}

/** Takes values out of an answer for later steps. Text, numbers and booleans can be captured from JSON. */
export function captureValues(
  captures: FlowStepConfig['capture'],
  response: ProbeResponse,
  nowMs: number,
): CapturedValues {
  if (response.kind !== 'response') return { values: {}, misses: [] };
  const found = Object.entries(captures).map(
    ([name, capture]) => [name, capture, read(capture, response, nowMs)] as const,
  );
  return {
    values: Object.fromEntries(
      found.flatMap(([name, , value]) => (value === undefined ? [] : [[name, value]])),
    ),
    misses: found.flatMap(([name, capture, value]) =>
      value === undefined
        ? [
            {
              expected: `${describe(capture)} to capture as ${name}`,
              observed: 'an answer without it',
            },
          ]
        : [],
    ),
  };
}

function read(
  capture: CaptureConfig,
  response: Extract<ProbeResponse, { readonly kind: 'response' }>,
  nowMs: number,
): string | undefined {
  if ('header' in capture) return nonEmpty(response.headers[capture.header.toLowerCase()]);
  if ('cookie' in capture) {
    const cookies = cookiesOf(response, nowMs);
    return nonEmpty(cookies.findLast(({ name }) => name === capture.cookie)?.value);
  }
  if ('body' in capture) {
    return nonEmpty(new RegExp(capture.body, 'u').exec(response.body)?.[1]);
  }
  return fromJson(response.body, capture.json);
}

function fromJson(body: string, path: string): string | undefined {
  try {
    const value = readJsonPath(parseJsonText(body), path);
    return ['string', 'number', 'boolean'].includes(typeof value)
      ? nonEmpty(String(value))
      : undefined;
  } catch {
    return undefined;
  }
}

function nonEmpty(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function describe(capture: CaptureConfig): string {
  if ('header' in capture) return `header ${capture.header}`;
  if ('cookie' in capture) return `cookie ${capture.cookie}`;
  if ('body' in capture) return `a body that matches /${capture.body}/`;
  return capture.json;
}
