import { describe, expect, it } from 'vitest';
import * as errors from '../../functions/core/errors.ts';
import { deployDefinition, readmeText, stateNamed, taskStates } from './deploy-definition.ts';

/** Names of Step Functions and of its Lambda integration (aws-facts 5.4). */
const awsNames = [
  'States.Timeout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  // How the newer runtimes name a crash or a lack of memory, which were Lambda.Unknown before.
  'Runtime.ExitError',
];

const ownErrors = Object.values(errors)
  .filter((value) => value !== errors.GreengateError)
  .map((ErrorClass) => new (ErrorClass as new (message: string) => errors.GreengateError)('x'));
const ownNames = ownErrors.map(({ name }) => name);

const retried = (state: ReturnType<typeof stateNamed>) =>
  (state.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
const caught = (state: ReturnType<typeof stateNamed>) =>
  (state.Catch ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);

describe('error names of the state machine', () => {
  it.each(taskStates)('%s names only errors that exist', (_, state) => {
    for (const name of [...retried(state), ...caught(state)]) {
      expect([...awsNames, ...ownNames]).toContain(name);
    }
  });

  it.each(taskStates)('%s retries every error that code calls retryable', (name, state) => {
    const retryable = ownErrors.filter((error) => error.retryable).map((error) => error.name);
    // Only what starts deployments meets those of others, and only a rolling update outlives its invocation.
    const places: Partial<Record<string, readonly string[]>> = {
      DeploymentConflictError: ['RunDeployment', 'RollOut'],
      RolloutRunning: ['RollOut'],
    };
    const possible = retryable.filter((error) => places[error]?.includes(name) ?? true);

    expect(retried(state)).toEqual(expect.arrayContaining(possible));
  });

  it.each(taskStates)(
    '%s retries no error that code calls final, but for a late view',
    (_, state) => {
      const final = ownErrors.filter((error) => !error.retryable).map((error) => error.name);

      expect(retried(state).filter((name) => final.includes(name))).toEqual(
        state === stateNamed('VerifyRelease') ? ['VerificationFailed'] : [],
      );
    },
  );

  it.each(taskStates)('%s retries what Lambda does on its own account', (_, state) => {
    expect(retried(state)).toEqual(expect.arrayContaining(awsNames));
  });

  it('nothing is caught but the release that yields to another or has nothing left to do, and the revision to be made anew (design D4)', () => {
    const catches = Object.entries(deployDefinition.States).flatMap(([name, state]) =>
      (state.Catch ?? []).map(({ ErrorEquals, Next }) => [name, ErrorEquals, Next]),
    );

    expect(catches).toEqual([
      ['RollOut', ['ReleaseSuperseded'], 'Superseded'],
      ['RollOut', ['RevisionOutdated'], 'Preflight'],
      ['RunDeployment', ['ReleaseSuperseded'], 'Superseded'],
      ['RunDeployment', ['ReleaseAlreadyRunning'], 'AlreadyRunning'],
      ['RunDeployment', ['RevisionOutdated'], 'Preflight'],
    ]);
  });

  it('no state ends in Fail, which a redrive could only fail again (aws-facts 5.5)', () => {
    expect(Object.values(deployDefinition.States).map(({ Type }) => Type)).not.toContain('Fail');
  });

  it.each(ownNames)('%s is explained in the README or belongs to other functions', (name) => {
    expect(readmeText).toContain(`\`${name}\``);
  });

  it.each([...new Set(taskStates.flatMap(([, state]) => retried(state)))])(
    'the README names the retried error %s',
    (name) => {
      expect(readmeText).toContain(`\`${name}\``);
    },
  );
});
