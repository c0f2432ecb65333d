import aslValidator from 'asl-validator';
import { describe, expect, it } from 'vitest';
import {
  deployDefinition,
  deployText,
  readmeText,
  stateNamed,
  taskStates,
} from './deploy-definition.ts';

const dayInSeconds = 86_400;

describe('deploy.asl.json', () => {
  it('is a valid JSONata state machine', () => {
    const { isValid, errors } = aslValidator(JSON.parse(deployText), {
      checkPaths: true,
      // The integrations' ARNs have neither Region nor account.
      checkArn: false,
    });

    expect(errors).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('has exactly the placeholders that the stack fills in', () => {
    const placeholders = [...deployText.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);

    expect(placeholders).toEqual([
      'ResolveReleaseFunctionArn',
      'PreflightFunctionArn',
      'RegisterTaskDefinitionFunctionArn',
      'RollOutFunctionArn',
      'RunDeploymentFunctionArn',
      'VerifyReleaseFunctionArn',
    ]);
  });

  it.each(taskStates)('%s has a timeout and only jittered retries', (_, state) => {
    expect(state.TimeoutSeconds).toBeGreaterThan(0);
    expect(state.Retry?.length).toBeGreaterThan(0);
    for (const retrier of state.Retry ?? []) expect(retrier.JitterStrategy).toBe('FULL');
  });

  it.each(taskStates)('%s lists each error once: only the first match counts', (_, state) => {
    const names = (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);

    expect(names).toEqual([...new Set(names)]);
  });

  it('RunDeployment waits for a token, in minutes, for longer than CodeDeploy may take (aws-facts 3.12)', () => {
    const { Resource, TimeoutSeconds = 0, Retry = [] } = stateNamed('RunDeployment');
    const timeout = Retry.find(({ ErrorEquals }) => ErrorEquals.includes('States.Timeout'));

    expect(Resource).toBe('arn:aws:states:::lambda:invoke.waitForTaskToken');
    expect(TimeoutSeconds).toBe(900);
    expect(timeout).toMatchObject({ IntervalSeconds: 1, BackoffRate: 1 });
    expect((timeout?.MaxAttempts ?? 0) * TimeoutSeconds).toBeGreaterThan((5 + 2) * dayInSeconds);
  });

  it('RunDeployment stays below the history limit even when every retry is used', () => {
    const { Retry = [] } = stateNamed('RunDeployment');
    const attempts = Retry.reduce((sum, { MaxAttempts }) => sum + MaxAttempts, 0);
    // TaskScheduled, TaskStarted, TaskSubmitted and the failure (aws-facts 5.2).
    const eventsPerAttempt = 4;

    expect(attempts * eventsPerAttempt).toBeLessThan(25_000);
  });

  it('RunDeployment can afford passing errors in the days that it may wait: no retrier starts afresh', () => {
    const { Retry = [] } = stateNamed('RunDeployment');
    const attemptsOn = (error: string) =>
      Retry.find(({ ErrorEquals }) => ErrorEquals.includes(error))?.MaxAttempts ?? 0;

    expect(attemptsOn('TransientAwsError')).toBeGreaterThanOrEqual(5 * 8);
  });

  it('ReleaseDecision has no default, so an unknown outcome never deploys', () => {
    expect(stateNamed('ReleaseDecision').Default).toBeUndefined();
  });

  it('is tabled in the README, state by state, with timeouts', () => {
    const rowOf = (name: string) =>
      readmeText.split('\n').find((line) => new RegExp(`^\\| ${name} +\\|`).test(line));

    const states = Object.keys(deployDefinition.States);
    expect(states.filter((name) => rowOf(name) === undefined)).toEqual([]);
    for (const [name, { TimeoutSeconds }] of taskStates) {
      expect(rowOf(name)).toContain(`| ${TimeoutSeconds} s`);
    }
  });
});
