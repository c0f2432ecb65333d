import { describe, expect, it } from 'vitest';
import { explainStop, isDefinite } from '../../../functions/core/fail-fast/stop-reasons.ts';
import { taskEnd } from '../../support/builders/stopped-tasks.ts';

describe('isDefinite', () => {
  it.each([
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@sha256:ab: not found',
    'CannotPullContainerError: failed to find a descriptor for platform {linux/amd64}',
    'CannotPullContainerError: image Manifest does not contain descriptor matching platform',
    'CannotPullContainerError: pull access denied for team/shop',
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue',
  ])('is so for %s', (stoppedReason) => {
    expect(isDefinite(taskEnd(0, { stoppedReason }))).toBe(true);
  });

  it('is so for a program that is not there, which the container says', () => {
    const reason =
      'CannotStartContainerError: exec: "java": executable file not found in $PATH: unknown';

    expect(isDefinite(taskEnd(0, { containers: [{ name: 'app', exitCode: 127, reason }] }))).toBe(
      true,
    );
  });

  it('is so for another architecture, which only the log tells', () => {
    expect(isDefinite(taskEnd(0, { logTail: ['exec /app/server: exec format error'] }))).toBe(true);
  });

  it.each([
    'Essential container in task exited',
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: httpReadSeeker: dial tcp: i/o timeout',
    'ResourceInitializationError: unable to pull secrets or registry auth: connection issue between the task and Secrets Manager',
    'Task failed ELB health checks in (target-group x)',
    'OutOfMemoryError: Container killed due to memory usage',
  ])('is not so for %s, which another try may mend', (stoppedReason) => {
    expect(isDefinite(taskEnd(0, { stoppedReason }))).toBe(false);
  });
});

describe('explainStop', () => {
  it('tells the reason of ECS, which quotes an error of several lines, in one', () => {
    const stoppedReason =
      'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized.\n\tstatus code: 400, request id: 1f2e.';

    expect(explainStop(taskEnd(0, { stoppedReason }))).toBe(
      'ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User is not authorized. status code: 400, request id: 1f2e, exit code 1, container app',
    );
  });
});
