import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStopRequest } from '../../../functions/core/deployment/stop-request.ts';
import { parseTrackedDeployment } from '../../../functions/core/deployment/tracked-deployment.ts';
import { GreengateError } from '../../../functions/core/errors.ts';
import { parseDeploymentStateChange } from '../../../functions/core/events/deployment-state-change.ts';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import { parseImagePush } from '../../../functions/core/events/image-push.ts';
import { parseTaskStopped } from '../../../functions/core/events/task-stopped.ts';
import { parseHookPayload } from '../../../functions/core/hooks/parse-hook-payload.ts';
import { parseImageConfig, parseManifest } from '../../../functions/core/image/parse-manifest.ts';
import { pushRecordKeys } from '../../../functions/core/workflow/push-record.ts';
import {
  parseReleaseInput,
  parseRequestInput,
  parseResolveInput,
} from '../../../functions/core/workflow/step-input.ts';
import { parseRollOutInput } from '../../../functions/roll-out/roll-out-input.ts';
import { parseVerificationInput } from '../../../functions/verify-release/verification-input.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { taskStoppedEvent } from '../../support/builders/task-events.ts';
import { trackedDeployment } from '../../support/builders/tracked-deployments.ts';
import { hostileDocuments, unknownMember } from '../../support/hostile-values.ts';

const file = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../events/${name}`, import.meta.url), 'utf8'));
const { taskDefinitionArn } = trackedDeployment();
const index = {
  schemaVersion: 2,
  manifests: [{ digest: digestOf('1'), platform: { os: 'linux', architecture: 'amd64' } }],
};
const image = { schemaVersion: 2, config: { digest: digestOf('2') } };

const byHand = {
  request: { service: 'shop', image: `team/shop@${digestOf('4')}`, overrideFreeze: 'a fix' },
  execution: execution(),
};

/** Members that hold prose or another document, and may have several lines. */
const prose = ['cause', 'error', 'sentence', 'evidence', 'input'];

const parsers: readonly (readonly [string, unknown, (document: unknown) => unknown])[] = [
  ['an image push', file('ecr/push.json'), parseImagePush],
  ['a deployment state change', file('codedeploy/failure.json'), parseDeploymentStateChange],
  ['an execution status change', executionEvent(), parseExecutionStatusChange],
  ['a stopped task', taskStoppedEvent(), parseTaskStopped],
  ['a hook payload', file('hooks/lifecycle-hook.json'), parseHookPayload],
  [
    'the first input',
    { request: releaseRequest({ overrideFreeze: 'a fix' }), execution: execution() },
    parseRequestInput,
  ],
  ['a request by hand', byHand, parseResolveInput],
  ['a later input', { release: release(), execution: execution() }, parseReleaseInput],
  [
    'a verification input',
    { release: release(), taskDefinitionArn, execution: execution(), deploymentId: 'd-AAAAAAAA1' },
    parseVerificationInput,
  ],
  [
    'a rollout input',
    {
      release: release(),
      taskDefinitionArn,
      execution: execution(),
      attemptStartedAt: '2026-09-01T10:00:05Z',
    },
    parseRollOutInput,
  ],
  ['a tracked deployment', trackedDeployment(), parseTrackedDeployment],
  [
    'a stop request',
    {
      cause: 'superseded',
      sentence: 'a newer one',
      requestedAt: '2026-09-01T10:00:05Z',
      evidence: ['a'],
    },
    parseStopRequest,
  ],
  ['an index', index, (document) => parseManifest(JSON.stringify(document), digestOf('3'))],
  ['a manifest', image, (document) => parseManifest(JSON.stringify(document), digestOf('3'))],
  [
    'an image’s configuration',
    { os: 'linux', architecture: 'arm64' },
    (document) => parseImageConfig(JSON.stringify(document), digestOf('3')),
  ],
];

/** Undefined when it was refused as it should be. */
function outcomeOf(parse: (document: unknown) => unknown, document: unknown): unknown {
  try {
    return parse(document);
  } catch (error) {
    expect(error).toBeInstanceOf(GreengateError);
    expect(String(error).length).toBeLessThan(20_000);
    return undefined;
  }
}

/** All texts of a value by the name of the member that they are in. */
function textsIn(value: unknown, name = ''): [string, string][] {
  if (typeof value === 'string') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, Array.isArray(value) ? name : key),
  );
}

describe('hostile input', () => {
  it.each(parsers)('%s is read as it should be when it is sound', (_, sound, parse) => {
    expect(parse(sound)).toBeDefined();
  });

  it.each([
    ['a reason that commands a terminal', { overrideFreeze: 'a\u001b[2J' }],
    ['half a character', { overrideFreeze: '\ud800' }],
    ['a service whose record would be another one', { service: 'received' }],
  ])('refuses a request by hand with %s', (_, change) => {
    const { request } = byHand;
    expect(() => parseResolveInput({ ...byHand, request: { ...request, ...change } })).toThrow(
      GreengateError,
    );
  });

  it.each(parsers)('%s is read in bounds or refused by name', (_, sound, parse) => {
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const parsed = outcomeOf(parse, document);
        if (parsed === undefined) return;
        expect(JSON.stringify(parsed)).not.toContain(unknownMember);
        for (const [name, text] of textsIn(parsed)) {
          expect(text.length, name).toBeLessThanOrEqual(262_144);
          if (prose.includes(name)) continue;
          expect(text, name).not.toMatch(/[\p{Cc}\p{Cs}]/u);
          // A reason for people quotes what it ignores.
          if (name !== 'reason') expect(text.length, name).toBeLessThanOrEqual(2_048);
        }
      }),
      { numRuns: 300 },
    );
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('never leads out of the folder of a push', () => {
    const sound = { request: releaseRequest(), execution: execution() };
    fc.assert(
      fc.property(hostileDocuments(sound), (document) => {
        const parsed = outcomeOf(parseRequestInput, document) as
          | ReturnType<typeof parseRequestInput>
          | undefined;
        if (parsed === undefined) return;
        const { eventId, service } = parsed.request;
        const key = pushRecordKeys.outcome(eventId, service);
        expect(key).toMatch(/^pushes\/[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w-]*\.json$/);
        expect([pushRecordKeys.received(eventId), pushRecordKeys.ignored(eventId)]).not.toContain(
          key,
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a start that no date can hold', { startDate: 9e15 }, 'detail.startDate is 9000000000000000'],
    ['a name with a path', { name: '../../x' }, 'detail.name is "../../x"'],
    ['an ARN of something else', { executionArn: 'arn:aws:s3:::b' }, 'detail.executionArn is'],
  ])('refuses an execution with %s', (_, detail, problem) => {
    expect(() => parseExecutionStatusChange(executionEvent(detail))).toThrow(problem);
  });
});
