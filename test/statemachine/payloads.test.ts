import { describe, expect, it } from 'vitest';
import { parseTrackedDeployment } from '../../functions/core/deployment/tracked-deployment.ts';
import { parseReleaseInput, parseRequestInput } from '../../functions/core/workflow/step-input.ts';
import { parseVerificationInput } from '../../functions/verify-release/verification-input.ts';
import { execution, release, releaseRequest } from '../support/builders/releases.ts';
import { deployDefinition, stateNamed } from './deploy-definition.ts';
import { evaluateJsonata } from './evaluate-jsonata.ts';

const identity = execution({ redriveCount: 2 });
const context = {
  Execution: {
    Id: identity.executionArn,
    Name: identity.executionName,
    RedriveCount: identity.redriveCount,
    StartTime: identity.startedAt,
  },
  Task: { Token: 'token-1' },
};
const taskDefinitionArn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4';
const variables = { release: release(), taskDefinitionArn, deploymentId: 'd-AAAAAAAA1' };

const payloadOf = (name: string, input: unknown) =>
  evaluateJsonata(stateNamed(name).Arguments?.Payload, {
    ...variables,
    states: { input, context },
  });
const { service, tag, digest } = release();

describe('payloads of the tasks, read by the functions’ own parsers', () => {
  it('ResolveRelease hands over the request and who runs', async () => {
    const payload = await payloadOf('ResolveRelease', releaseRequest());

    expect(parseRequestInput(payload)).toEqual({ request: releaseRequest(), execution: identity });
  });

  it('Preflight hands over what was asked for, to be completed', async () => {
    const payload = await payloadOf('Preflight', {});

    expect(parseRequestInput(payload)).toEqual({ request: releaseRequest(), execution: identity });
  });

  it('RegisterTaskDefinition hands over the release', async () => {
    const payload = await payloadOf('RegisterTaskDefinition', {});

    expect(parseReleaseInput(payload)).toEqual({ release: release(), execution: identity });
  });

  it('RunDeployment hands over the token of this try', async () => {
    const payload = await payloadOf('RunDeployment', {});

    expect(parseTrackedDeployment(payload)).toEqual({
      release: release(),
      taskDefinitionArn,
      execution: identity,
      taskToken: 'token-1',
    });
  });

  it('VerifyRelease hands over the deployment', async () => {
    const payload = await payloadOf('VerifyRelease', {});

    expect(parseVerificationInput(payload)).toEqual({
      release: release(),
      taskDefinitionArn,
      execution: identity,
      deploymentId: 'd-AAAAAAAA1',
    });
  });
});

describe('ReleaseDecision', () => {
  it.each([
    ['proceed', 'Preflight'],
    ['already-running', 'AlreadyRunning'],
    ['superseded', 'Superseded'],
    ['anything-else', undefined],
  ])('on %s goes to %s', async (outcome, next) => {
    const taken: string[] = [];
    for (const { Condition, Next } of stateNamed('ReleaseDecision').Choices ?? []) {
      if (await evaluateJsonata(Condition, { states: { input: { outcome } } })) taken.push(Next);
    }

    expect(taken).toEqual(next === undefined ? [] : [next]);
  });
});

describe('outputs', () => {
  it.each([
    ['AlreadyRunning', 'already-running'],
    ['Superseded', 'superseded'],
  ])('of %s say outcome, reason and which image', async (name, outcome) => {
    const input = { outcome, reason: 'because', release: releaseRequest() };

    await expect(evaluateJsonata(stateNamed(name).Output, { states: { input } })).resolves.toEqual({
      outcome,
      reason: 'because',
      service,
      tag,
      digest,
    });
  });

  it('of Deployed are what verify-release found', async () => {
    const input = {
      outcome: 'deployed',
      reason: 'because',
      service,
      tag,
      digest,
      deploymentId: 'd-1',
    };

    await expect(
      evaluateJsonata(stateNamed('Deployed').Output, { states: { input } }),
    ).resolves.toEqual(input);
  });

  it.each([
    ['thrown error', { errorType: 'ReleaseSuperseded', errorMessage: 'v3 is newer', trace: [] }],
    ['answered token', { sentence: 'v3 is newer', outcome: 'superseded', evidence: [] }],
  ])('of a superseded RunDeployment carry the sentence of the %s', async (_, cause) => {
    const [caught] = stateNamed('RunDeployment').Catch ?? [];
    const Cause = JSON.stringify(cause);

    await expect(
      evaluateJsonata(caught?.Output, { ...variables, states: { errorOutput: { Cause } } }),
    ).resolves.toEqual({
      outcome: 'superseded',
      reason: 'v3 is newer',
      release: release(),
    });
  });

  it('every function is called through the same integration with a payload', () => {
    for (const { Type, Resource, Arguments } of Object.values(deployDefinition.States)) {
      if (Type !== 'Task') continue;
      expect(Resource).toMatch(/^arn:aws:states:::lambda:invoke(\.waitForTaskToken)?$/);
      expect(Arguments?.FunctionName).toMatch(/^\$\{\w+FunctionArn\}$/);
    }
  });
});
