import { MemberReader } from '../events/member-reader.ts';
import {
  digestRule,
  eventIdRule,
  executionArnRule,
  executionNameRule,
  pinnedImageRule,
  platformRule,
  repositoryRule,
  serviceRule,
  tagRule,
  taskDefinitionArnRule,
} from '../events/text-rules.ts';
import {
  type ExecutionIdentity,
  type HandChoice,
  handChoices,
  type Release,
  type ReleaseRequest,
} from '../release.ts';
import { type HandRequest, parseHandRequest } from './hand-request.ts';

/** Input of a task that is told which release it is about. */
export interface RequestInput {
  readonly request: ReleaseRequest;
  readonly execution: ExecutionIdentity;
}

/** Input of the very first task, which a person may have typed. */
export interface ResolveInput {
  readonly request: ReleaseRequest | HandRequest;
  readonly execution: ExecutionIdentity;
}

/** Input of the tasks after it. */
export interface ReleaseInput {
  readonly release: Release;
  readonly execution: ExecutionIdentity;
}

/**
 * Parses `{ request, execution }`. The request may have been edited by a person for a *New execution*, so
 * InvalidEventError names every member that is missing or malformed.
 */
export function parseRequestInput(input: unknown): RequestInput {
  const reader = MemberReader.of(input);
  const parsed = {
    request: readRequest(reader.members('request')),
    execution: readExecution(reader.members('execution')),
  };
  reader.finish('the input of the task');
  return parsed;
}

/** Parses `{ request, execution }` where the request may also be one by hand; InvalidEventError as above. */
export function parseResolveInput(input: unknown): ResolveInput {
  const given = typeof input === 'object' && input !== null && 'request' in input;
  const request = given ? parseHandRequest(input.request) : undefined;
  if (request === undefined) return parseRequestInput(input);
  const reader = MemberReader.of(input);
  const execution = readExecution(reader.members('execution'));
  reader.finish('the input of the task');
  return { request, execution };
}

/** Parses `{ release, execution }`; InvalidEventError as above. */
export function parseReleaseInput(input: unknown): ReleaseInput {
  const reader = MemberReader.of(input);
  const parsed = {
    release: readRelease(reader.members('release')),
    execution: readExecution(reader.members('execution')),
  };
  reader.finish('the input of the task');
  return parsed;
}

export function readRelease(reader: MemberReader): Release {
  return {
    ...readRequest(reader),
    platformDigest: reader.text('platformDigest', digestRule),
    platform: reader.text('platform', platformRule),
    image: reader.text('image', pinnedImageRule),
    originalTaskDefinitionArn: reader.text('originalTaskDefinitionArn', taskDefinitionArnRule),
  };
}

export function readExecution(reader: MemberReader): ExecutionIdentity {
  return {
    executionArn: reader.text('executionArn', executionArnRule),
    executionName: reader.text('executionName', executionNameRule),
    redriveCount: reader.count('redriveCount'),
    startedAt: reader.instant('startedAt'),
  };
}

export function readRequest(reader: MemberReader): ReleaseRequest {
  const overrideFreeze = reader.optionalText('overrideFreeze');
  const force = reader.optionalFlag('force');
  const byHand = reader.optionalText('byHand', handRule) as HandChoice | undefined;
  return {
    service: reader.text('service', serviceRule),
    repository: reader.text('repository', repositoryRule),
    tag: reader.text('tag', tagRule),
    digest: reader.text('digest', digestRule),
    pushedAt: reader.instant('pushedAt'),
    eventId: reader.text('eventId', eventIdRule),
    ...(overrideFreeze === undefined ? {} : { overrideFreeze }),
    ...(force === undefined ? {} : { force }),
    ...(byHand === undefined ? {} : { byHand }),
  };
}

const handRule = {
  pattern: new RegExp(`^(?:${handChoices.join('|')})$`),
  expected: `one of ${handChoices.join(', ')}`,
};
