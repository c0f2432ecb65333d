import type { CreateDeploymentInput } from '@aws-sdk/client-codedeploy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';

let deploy: DeploymentFixture;
beforeEach(() => {
  deploy = createDeploymentFixture();
});
afterEach(() => deploy.stop());

const alarms = (count: number) => ({
  enabled: true,
  alarms: Array.from({ length: count }, (_, index) => ({ name: `alarm-${index}` })),
});

describe('CreateDeployment', () => {
  const cases: [string, string, Partial<CreateDeploymentInput>][] = [
    ['an unknown application', 'ApplicationDoesNotExistException', { applicationName: 'x' }],
    ['an unknown group', 'DeploymentGroupDoesNotExistException', { deploymentGroupName: 'x' }],
    ['no group', 'DeploymentGroupNameRequiredException', { deploymentGroupName: undefined }],
    ['no revision', 'RevisionRequiredException', { revision: undefined }],
    ['a GitHub revision', 'InvalidRevisionException', { revision: { revisionType: 'GitHub' } }],
    [
      'an unknown configuration',
      'DeploymentConfigDoesNotExistException',
      { deploymentConfigName: 'x' },
    ],
    ['a long description', 'DescriptionTooLongException', { description: 'x'.repeat(257) }],
    [
      'EC2 file behaviour',
      'InvalidFileExistsBehaviorException',
      { fileExistsBehavior: 'OVERWRITE' },
    ],
    ['EC2 targets', 'InvalidTargetInstancesException', { targetInstances: {} }],
    ['eleven alarms', 'AlarmsLimitExceededException', { overrideAlarmConfiguration: alarms(11) }],
    [
      'rollback without events',
      'InvalidAutoRollbackConfigException',
      { autoRollbackConfiguration: { enabled: true, events: [] } },
    ],
    [
      'a rollback event that does not exist',
      'InvalidAutoRollbackConfigException',
      { autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_READY' as never] } },
    ],
  ];
  it.each(cases)('refuses %s with %s', (_, code, members) => {
    expect(() => deploy.create(members)).toThrow(expect.objectContaining({ code }));
    expect(deploy.world.journal.of('deployment.created')).toEqual([]);
  });

  it('says what it misses in the words that users quote', () => {
    expect(() => deploy.create({ revision: undefined })).toThrow(
      'RevisionLocation must be specified',
    );
  });

  it('takes a description of 256 characters', () => {
    expect(deploy.create({ description: 'x'.repeat(256) })).toMatch(/^d-/);
  });
});

it('SNS triggers get JSON inside JSON', async () => {
  await deploy.stop();
  deploy = createDeploymentFixture((group) => {
    group.triggerConfigurations = [
      {
        triggerName: 'failures',
        triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:failures',
        triggerEvents: ['DeploymentFailure', 'DeploymentRollback'],
      },
    ];
  });
  deploy.onHook = ({ deploymentId, executionId, functionName }) =>
    deploy.model.reportHook(
      deploymentId,
      executionId,
      functionName === 'hook-AfterInstall' ? 'Failed' : 'Succeeded',
    );
  const id = deploy.create();
  await deploy.reached(id, 'Failed');
  await deploy.world.clock.sleep(60_000);
  expect(deploy.topics.map(({ message }) => message.status)).toEqual(['FAILED', 'IN_PROGRESS']);
  const [{ message = {} } = {}, { message: rollback = {} } = {}] = deploy.topics;
  expect(message).toMatchObject({ deploymentId: id, eventTriggerName: 'failures' });
  expect(message.createTime).toMatch(/^[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d UTC \d{4}$/);
  expect(Date.parse(String(message.completeTime))).toBe(
    Math.floor(Number(deploy.model.deployments.get(id).completedAtMs) / 1000) * 1000,
  );
  expect(JSON.parse(String(message.deploymentOverview))).toEqual({
    Succeeded: 0,
    Failed: 1,
    Skipped: 0,
    InProgress: 0,
    Pending: 0,
  });
  expect(JSON.parse(String(message.errorInformation))).toEqual({
    ErrorCode: 'HOOK_EXECUTION_FAILURE',
    ErrorMessage: expect.stringContaining('validation functions failed'),
  });
  expect(message.rollbackInformation).toBe('{}');
  expect(rollback).toMatchObject({ completeTime: null });
  expect(rollback).not.toHaveProperty('deploymentOverview');
  expect(JSON.parse(String(rollback.rollbackInformation))).toEqual({
    RollbackMessage: `Deployment ${rollback.deploymentId} is triggered to roll back deployment ${id}.`,
    RollbackTriggeringDeploymentId: id,
  });
});
