import { createHash } from 'node:crypto';
import { InvalidEventError } from '../errors.ts';
import { digestRule, serviceRule, tagRule } from '../events/text-rules.ts';
import { repositoryNameSource } from '../image/repository-name.ts';

/** What a person may ask for beside a push: to go back, or an image by its tag or digest. */
export type Ask =
  | { readonly kind: 'rollback' }
  | { readonly kind: 'image'; readonly repository: string; readonly tag: string }
  | { readonly kind: 'image'; readonly repository: string; readonly digest: string };

/** Input of an execution that a person starts by hand; the first step makes a release of it. */
export interface HandRequest {
  readonly service: string;
  readonly ask: Ask;
  readonly overrideFreeze?: string;
}

/** What every input of the workflow may look like, for people. */
export const inputShapes =
  '{ "service": "NAME", "action": "rollback" }, { "service": "NAME", "image": "REPOSITORY:TAG" or "REPOSITORY@sha256:DIGEST" }, or the input of an earlier execution';

/** One line that can be told again to people. */
const reasonPattern = /^[^\p{Cc}\p{Cs}]{0,1000}$/u;
/** More are not worth a line. */
const mostNamed = 5;
const members = ['service', 'action', 'image', 'force', 'overrideFreeze'];
const membersOfPush = ['repository', 'tag', 'digest', 'pushedAt', 'eventId'];

/**
 * Reads what a person typed; undefined for the input of a push, which has an event id. Throws InvalidEventError, one
 * line that lists the shapes. Members that nobody asks for are mistakes here: a person typed them.
 */
export function parseHandRequest(input: unknown): HandRequest | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw refused('it is no object');
  }
  const { service, action, image, force, overrideFreeze } = input as Record<string, unknown>;
  const given = Object.keys(input);
  if (action === undefined && image === undefined) {
    if (given.some((name) => membersOfPush.includes(name))) return undefined;
    throw refused('it asks for nothing');
  }
  const unknown = given.filter((name) => !members.includes(name));
  if (unknown.length > 0) {
    const named = unknown.slice(0, mostNamed).map(quote).join(', ');
    throw refused(`${named} cannot be beside it`);
  }
  if (typeof service !== 'string' || !serviceRule.pattern.test(service)) {
    throw refused(`service is ${quote(service)}, expected the name of a service`);
  }
  if (action !== undefined && image !== undefined) throw refused('it has both action and image');
  if (overrideFreeze !== undefined && !isReason(overrideFreeze)) {
    throw refused(
      `overrideFreeze is ${quote(overrideFreeze)}, expected the reason as a line of at most 1,000 characters`,
    );
  }
  if (force !== undefined && force !== true) {
    throw refused(`force is ${quote(force)}; what is chosen by hand needs none`);
  }
  return {
    service,
    ask: image === undefined ? readAction(action) : readImage(image),
    ...(overrideFreeze ? { overrideFreeze } : {}),
  };
}

/** What a person asked for, in their own words. */
export function askedText(ask: Ask): string {
  if (ask.kind === 'rollback') return 'rollback';
  return 'tag' in ask ? `${ask.repository}:${ask.tag}` : `${ask.repository}@${ask.digest}`;
}

/**
 * Stands for the id of the push event in the records of what a person started: the same in every step and redrive of
 * the execution. A name may hold what an object's key should not.
 */
export function handEventId(executionName: string): string {
  return /^[A-Za-z0-9._-]+$/.test(executionName)
    ? `hand-${executionName}`
    : `hand-${createHash('sha256').update(executionName).digest('hex').slice(0, 32)}`;
}

function isReason(value: unknown): value is string {
  return typeof value === 'string' && reasonPattern.test(value);
}

function readAction(action: unknown): Ask {
  if (action === 'rollback') return { kind: 'rollback' };
  throw refused(`action is ${quote(action)}`);
}

const imagePattern = new RegExp(`^(${repositoryNameSource})(?::([^@:]+)|@(sha256:.+))$`);

function readImage(image: unknown): Ask {
  const [, name, tag, digest] = (typeof image === 'string' && imagePattern.exec(image)) || [];
  if (name !== undefined && tag !== undefined && tagRule.pattern.test(tag)) {
    return { kind: 'image', repository: name, tag };
  }
  if (name !== undefined && digest !== undefined && digestRule.pattern.test(digest)) {
    return { kind: 'image', repository: name, digest };
  }
  throw refused(`image is ${quote(image)}, expected no registry host and one tag or digest`);
}

function refused(problem: string): InvalidEventError {
  return new InvalidEventError(
    `Cannot read the input of the execution: ${problem}; expected ${inputShapes}`,
  );
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}
