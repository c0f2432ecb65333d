import { InvalidEventError } from '../errors.ts';
import { MemberReader } from '../events/member-reader.ts';
import type { DescribedExecution } from '../ports/executions.ts';
import type { ReleaseRequest } from '../release.ts';
import { digestPart, executionName } from '../workflow/execution-name.ts';
import { readRequest } from '../workflow/step-input.ts';

/** An execution for one service, as far as its input tells what it was to release. */
export interface KnownExecution {
  readonly executionName: string;
  readonly startedAtMs: number;
  /** Undefined when a person asked for something that only the execution found out. */
  readonly asked:
    | { readonly tag: string; readonly digest: string; readonly pushedAtMs: number }
    | undefined;
  /** Started by a person, not by a push or by the sweep. */
  readonly byHand: boolean;
}

/** Undefined for an execution of another service, or whose input names none. */
export function knownExecution(
  service: string,
  { executionName: name, startedAtMs, input }: DescribedExecution,
): KnownExecution | undefined {
  const value = parseJson(input);
  if (serviceOf(value) !== service) return undefined;
  const request = parseRequest(value);
  if (request === undefined) {
    return { executionName: name, startedAtMs, asked: undefined, byHand: true };
  }
  const { tag, digest } = request;
  return {
    executionName: name,
    startedAtMs,
    asked: { tag, digest, pushedAtMs: Date.parse(request.pushedAt) },
    // A person may give any name; what we start bears the one that the push gives it (design D1).
    byHand: name !== executionName(request),
  };
}

/** How names of executions begin that a push of this image to this service would start. */
export function executionPrefix(service: string, digest: string): string {
  return `${service}-${digestPart(digest)}-`;
}

/** What pushes start is called so; a person's name for an execution may be anything. */
const derivedName = /^(.+)-[0-9a-f]{12}-[0-9a-f]{1,16}$/;

/** Whether a push started the execution for the service, by its name alone. */
export function isStartedFor(service: string, name: string): boolean {
  return derivedName.exec(name)?.[1] === service;
}

/** Whether an execution may be one for the service, by its name alone. */
export function mayBeOf(service: string, name: string): boolean {
  const derived = derivedName.exec(name);
  return derived === null || derived[1] === service;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
}

function serviceOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'service' in value
    ? value.service
    : undefined;
}

function parseRequest(value: unknown): ReleaseRequest | undefined {
  try {
    const reader = MemberReader.of(value);
    const request = readRequest(reader);
    reader.finish('the input of the execution');
    return request;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}
