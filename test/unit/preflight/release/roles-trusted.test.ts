import { describe, expect, it } from 'vitest';
import { rolesTrusted } from '../../../../functions/core/preflight/release/roles-trusted.ts';
import { whyNotTrusted } from '../../../../functions/core/preflight/release/trust-policy.ts';
import { ecsTrust, ReleaseScene } from '../../../support/release-scene.ts';

const principal = 'ecs-tasks.amazonaws.com';
const serviceArn = 'arn:aws:ecs:eu-central-1:123456789012:service/prod/shop';
const statement = (changes: Readonly<Record<string, unknown>> = {}) => ({
  ...ecsTrust.Statement[0],
  ...changes,
});

describe('whyNotTrusted', () => {
  it.each([
    ['the principal alone', statement()],
    [
      'one principal of several',
      statement({ Principal: { Service: ['ec2.amazonaws.com', principal] } }),
    ],
    ['every action of STS', statement({ Action: ['sts:*'] })],
    ['everybody', statement({ Principal: '*' })],
    [
      'the account',
      statement({ Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } } }),
    ],
    [
      'the Region’s services',
      statement({
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:ecs:eu-central-1:123456789012:*' } },
      }),
    ],
    [
      'a condition that nobody can judge',
      statement({ Condition: { Bool: { 'aws:ViaAWSService': 'true' } } }),
    ],
  ])('is undefined for a policy that names %s', (_, given) => {
    // A policy may leave out the list around its only statement.
    expect(whyNotTrusted({ Statement: given }, principal, serviceArn)).toBeUndefined();
    expect(whyNotTrusted({ Statement: [given] }, principal, serviceArn)).toBeUndefined();
  });

  it.each([
    [
      'another service',
      statement({ Principal: { Service: 'lambda.amazonaws.com' } }),
      'does not name ecs-tasks.amazonaws.com, only lambda.amazonaws.com',
    ],
    ['another action', statement({ Action: 'sts:TagSession' }), 'does not name'],
    [
      'another account',
      statement({ Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }),
      'only on a condition that tasks here do not meet',
    ],
    [
      'another Region',
      statement({
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:123456789012:*' } },
      }),
      'only on a condition',
    ],
    ['nobody', statement({ Principal: {} }), 'only nobody'],
  ])('says why for a policy that names %s', (_, given, why) => {
    expect(whyNotTrusted({ Statement: [given] }, principal, serviceArn)).toContain(why);
  });

  it('lets a denial win', () => {
    const Statement = [statement(), statement({ Effect: 'Deny' })];
    expect(whyNotTrusted({ Statement }, principal, serviceArn)).toBe(
      'its trust policy denies ecs-tasks.amazonaws.com',
    );
  });
});

describe('roles-trusted', () => {
  it('is OK when both roles trust ECS tasks, and asks for each once', async () => {
    const scene = new ReleaseScene();
    expect(await scene.judge(rolesTrusted)).toEqual({
      status: 'OK',
      observed: 'execution and app trust ecs-tasks.amazonaws.com',
    });
    scene.calls.length = 0;
    scene.changeDocument({ taskRoleArn: 'arn:aws:iam::123456789012:role/execution' });
    await scene.judge(rolesTrusted);
    expect(scene.calls.filter((call) => call === 'find ["execution"]')).toHaveLength(1);
  });

  it('names every role that is missing, foreign or trusts somebody else', async () => {
    const scene = new ReleaseScene();
    scene.roles.delete('execution');
    scene.roles.set('app', { arn: 'arn:aws:iam::123456789012:role/app', trustPolicy: {} });
    expect(await scene.judge(rolesTrusted)).toMatchObject({
      status: 'NG',
      observed:
        'there is no role arn:aws:iam::123456789012:role/execution; role app: its trust policy does not name ecs-tasks.amazonaws.com, only nobody',
    });
    scene.changeDocument({ taskRoleArn: 'arn:aws:iam::999999999999:role/app' });
    expect(await scene.judge(rolesTrusted)).toMatchObject({
      observed: expect.stringContaining('is not of account 123456789012'),
    });
  });

  it('takes a role of the same name on another path for another role', async () => {
    const scene = new ReleaseScene();
    scene.changeDocument({ taskRoleArn: 'arn:aws:iam::123456789012:role/team/app' });
    expect(await scene.judge(rolesTrusted)).toMatchObject({
      status: 'NG',
      observed: 'there is no role arn:aws:iam::123456789012:role/team/app',
    });
  });

  it('misses an execution role on Fargate always, on instances only for secrets', async () => {
    const scene = new ReleaseScene();
    scene.changeDocument({ executionRoleArn: undefined, taskRoleArn: undefined });
    expect(await scene.judge(rolesTrusted)).toMatchObject({
      status: 'NG',
      observed: expect.stringContaining('Fargate cannot pull from ECR'),
    });
    const onInstances = new ReleaseScene();
    onInstances.changeService({ launchType: 'EC2' });
    onInstances.changeDocument({ executionRoleArn: undefined, taskRoleArn: undefined });
    expect((await onInstances.judge(rolesTrusted)).status).toBe('SKIP');
    onInstances.changeContainer({ secrets: [{ name: 'TOKEN', valueFrom: '/shop/token' }] });
    expect(await onInstances.judge(rolesTrusted)).toMatchObject({
      status: 'NG',
      observed: expect.stringContaining('ECS cannot read its secrets'),
    });
  });
});
