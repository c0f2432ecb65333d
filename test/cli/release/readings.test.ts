import { describe, expect, it } from 'vitest';
import { explainAccess } from '../../../cli/account/explain-access.ts';
import { parseDuration, parseInterval } from '../../../cli/release/durations.ts';
import { progressOf } from '../../../cli/release/execution-progress.ts';
import { explainRelease } from '../../../cli/release/explained-release.ts';
import { parseImage } from '../../../cli/release/parse-image.ts';
import { parseService } from '../../../cli/release/parse-service.ts';
import type { ReleaseAccount } from '../../../cli/release/release-account.ts';
import { releaseEnd } from '../../../cli/release/release-end.ts';
import { toGreengateError } from '../../../functions/adapters/aws-errors.ts';
import { digestOf } from '../../support/builders/releases.ts';
import { executionAt, executionName } from './fake-account.ts';

describe('parseImage', () => {
  const digest = digestOf('4');
  it.each([
    [`team/shop@${digest}`, 'team/shop'],
    [`team/shop:v7@${digest}`, 'team/shop'],
    [`123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop:v7@${digest}`, 'team/shop'],
    [`localhost:4566/shop@${digest}`, 'shop'],
    [`shop:v7@${digest}`, 'shop'],
    [`127.0.0.1:4566/team/shop@${digest}`, 'team/shop'],
  ])('reads %s', (text, repository) => {
    expect(parseImage(text)).toEqual({ repository, digest });
  });

  it.each(['team/shop:v7', 'team/shop@sha256:12', digest, `@${digest}`, ''])(
    'refuses "%s"',
    (text) => {
      expect(() => parseImage(text)).toThrow(
        `--image takes REPOSITORY@sha256:… with 64 hexadecimal digits, got "${text}"`,
      );
    },
  );
});

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('reads %s', (text, ms) => {
    expect(parseDuration('--timeout', text)).toBe(ms);
  });

  it.each(['', '15', '1.5h', '-3m', '15 m', '1w'])('refuses "%s"', (text) => {
    expect(() => parseDuration('--timeout', text)).toThrow(
      `--timeout takes a duration such as 90s, 15m, 2h or 1d, got "${text}"`,
    );
  });
});

describe('parseInterval', () => {
  it('reads a pause, which is never none', () => {
    expect(parseInterval('--interval', '1s')).toBe(1_000);
    expect(() => parseInterval('--interval', '0m')).toThrow(
      '--interval must be 1s or more, got "0m"',
    );
  });
});

describe('parseService', () => {
  it('takes what can be a name, and no variable that a CI job left empty', () => {
    expect(parseService('shop_API-2')).toBe('shop_API-2');
    for (const text of ['', 'shop ', '-x', 'a'.repeat(33)]) {
      expect(() => parseService(text)).toThrow(
        `--service takes the name of a service in greengate.yaml, which must be 1 to 32 letters, digits, hyphens or underscores, the first a letter or digit, got "${text}"`,
      );
    }
  });
});

describe('explainRelease', () => {
  it.each(['', ' ', 'shop 1'])('asks nobody for an execution "%s"', async (execution) => {
    await expect(explainRelease({} as ReleaseAccount, execution)).rejects.toThrow(
      `An execution is named as greengate history lists it, got "${execution}"`,
    );
  });
});

describe('progressOf', () => {
  const at = (type: string, more = {}) => ({ type, atMs: 1, ...more });
  it('finds states, redrives and the newest deployment', () => {
    const submitted = (deploymentId: string) =>
      at('TaskSubmitted', {
        output: JSON.stringify({ Payload: { deploymentId, state: 'created' } }),
      });
    expect(
      progressOf([
        at('ExecutionStarted'),
        at('TaskStateEntered', { stateName: 'RunDeployment' }),
        submitted('d-1'),
        at('ExecutionRedriven'),
        submitted('d-2'),
        at('SucceedStateEntered', { stateName: 'Deployed' }),
      ]),
    ).toEqual({
      states: [
        { name: 'RunDeployment', atMs: 1 },
        { name: 'Deployed', atMs: 1 },
      ],
      redrives: 1,
      deploymentId: 'd-2',
    });
  });

  it.each([undefined, '', 'null', '"text"', '{"Payload":{"deploymentId":7}}', '{"Payload":null}'])(
    'knows no deployment from %s',
    (output) => {
      expect(progressOf([at('TaskSubmitted', { output })]).deploymentId).toBeUndefined();
    },
  );
});

describe('releaseEnd without a record', () => {
  const endOf = (change: Parameters<typeof executionAt>[1]) =>
    releaseEnd(executionAt(0, change), undefined);

  it('has none while the execution runs', () => {
    expect(endOf({ status: 'RUNNING' })).toBeUndefined();
  });

  it.each([
    ['DeploymentRolledBack', 'rolled-back'],
    ['PreflightRefused', 'refused'],
    ['ReleaseHeld', 'refused'],
    ['RollbackFailed', 'failed'],
    ['Lambda.Unknown', 'failed'],
  ])('reads the error %s as %s', (error, outcome) => {
    expect(endOf({ status: 'FAILED', error, cause: '{"errorMessage":"why"}' })).toEqual({
      outcome,
      reason: 'why',
      deploymentId: undefined,
    });
  });

  it('never calls a success that names no outcome deployed', () => {
    expect(endOf({ status: 'SUCCEEDED', output: '{}' })?.outcome).toBe('failed');
  });

  it('says how an execution ended that nobody explained', () => {
    expect(endOf({ status: 'TIMED_OUT' })?.reason).toBe(`Execution ${executionName} timed out`);
  });
});

describe('explainAccess', () => {
  const explained = (name: string, more = {}) => {
    const error = Object.assign(
      new Error('said so'),
      { name, $metadata: { httpStatusCode: 400 } },
      more,
    );
    const attempt = { action: 'states:DescribeExecution', resource: 'arn' };
    return explainAccess(toGreengateError(error, attempt), 'It goes on')?.message;
  };

  it.each([
    ['ExpiredTokenException', /^The AWS session has expired: sign in again .*\. It goes on$/],
    ['ExpiredToken', /^The AWS session has expired/],
    [
      'UnrecognizedClientException',
      /^AWS does not know these credentials \(UnrecognizedClientException\)/,
    ],
    ['CredentialsProviderError', /^No AWS credentials: set AWS_PROFILE/],
    [
      'ThrottlingException',
      /^AWS could not be reached: states:DescribeExecution on arn failed for now/,
    ],
    [
      'AccessDeniedException',
      /^Not permitted to call states:DescribeExecution on arn with these credentials: AccessDeniedException: said so. It goes on$/,
    ],
    [
      'StateMachineDoesNotExist',
      /^This account and Region have no stack GreengateController: is it the right --region and account\?$/,
    ],
  ])('makes one line of %s', (name, line) => {
    expect(explained(name)).toMatch(line);
    expect(explained(name)?.split('\n')).toHaveLength(1);
  });

  it('leaves our own bugs as they are', () => {
    expect(explainAccess(new TypeError('undefined is not a function'))).toBeUndefined();
  });
});
