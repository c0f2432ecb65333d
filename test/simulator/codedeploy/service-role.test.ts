import { afterEach, describe, expect, it } from 'vitest';
import type { RoleCall } from '../../../simulator/core/services.ts';
import {
  appSpec,
  createDeploymentFixture,
  type DeploymentFixture,
  groupInput,
} from './deployment-fixture.ts';
import { production, productionRule, test } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const roleArn = 'arn:aws:iam::111122223333:role/codedeploy';
const serviceArn = 'arn:aws:ecs:eu-west-1:111122223333:service/main/shop';
let asked: RoleCall[];

/** A role without the given actions; `trusted` says whether CodeDeploy may assume it. */
function withRole({
  denied = [],
  trusted = () => true,
}: {
  denied?: string[];
  trusted?: () => boolean;
} = {}): void {
  asked = [];
  deploy.world.provide('iam', {
    ensureServiceLinkedRole: () => {},
    roleMay: () => undefined,
    canAssume: trusted,
    roleCredentials: () => {
      throw new Error('not asked for');
    },
    authorize: (call) => {
      asked.push(call);
      if (!trusted()) return { allowed: false, reason: 'untrusted', message: 'untrusted' };
      return denied.includes(call.action)
        ? { allowed: false, reason: 'implicit-deny', message: 'denied' }
        : { allowed: true };
    },
  });
}

const ended = (id: string) => {
  const { status, end } = deploy.model.deployments.get(id);
  return { status, code: end?.code, message: end?.message };
};
const permissionsMessage = (service: string) =>
  `The IAM role ${roleArn} does not give you permission to perform operations in the following AWS service: ${service}.`;

describe('the service role (aws-facts 3.2, 7.2)', () => {
  it('is asked for every action of a deployment, on its resource', async () => {
    deploy = createDeploymentFixture((group) => {
      group.alarmConfiguration = { enabled: true, alarms: [{ name: '5xx' }] };
      group.triggerConfigurations = [
        {
          triggerName: 't',
          triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:releases',
          triggerEvents: ['DeploymentSuccess'],
        },
      ];
    });
    withRole();
    await deploy.reached(deploy.create(), 'Succeeded');
    expect(new Set(asked.map((call) => call.roleArn))).toEqual(new Set([roleArn]));
    expect(new Set(asked.map((call) => call.servicePrincipal))).toEqual(
      new Set(['codedeploy.amazonaws.com']),
    );
    const pairs = [...new Set(asked.map(({ action, resource }) => `${action} ${resource}`))];
    expect(pairs.sort()).toEqual(
      [
        `ecs:DescribeServices ${serviceArn}`,
        'elasticloadbalancing:DescribeTargetGroups *',
        'elasticloadbalancing:DescribeListeners *',
        'elasticloadbalancing:DescribeRules *',
        `ecs:CreateTaskSet ${serviceArn}`,
        'iam:PassRole arn:aws:iam::111122223333:role/task',
        `elasticloadbalancing:ModifyListener ${test}`,
        `elasticloadbalancing:ModifyListener ${production}`,
        `elasticloadbalancing:ModifyRule ${productionRule}`,
        `ecs:UpdateServicePrimaryTaskSet ${serviceArn}`,
        'ecs:DeleteTaskSet arn:aws:ecs:eu-west-1:111122223333:task-set/main/shop/ecs-svc/1',
        'cloudwatch:DescribeAlarms arn:aws:cloudwatch:eu-west-1:111122223333:alarm:5xx',
        'sns:Publish arn:aws:sns:eu-west-1:111122223333:releases',
        ...['BeforeInstall', 'AfterInstall', 'AfterAllowTestTraffic', 'BeforeAllowTraffic'].map(
          (hook) =>
            `lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:hook-${hook}`,
        ),
        'lambda:InvokeFunction arn:aws:lambda:eu-west-1:111122223333:function:hook-AfterAllowTraffic',
      ].sort(),
    );
    expect(asked.find(({ action }) => action === 'iam:PassRole')?.context).toEqual({
      'iam:PassedToService': 'ecs-tasks.amazonaws.com',
    });
    expect(asked[0]?.trustContext).toEqual({
      'aws:SourceArn': 'arn:aws:codedeploy:eu-west-1:111122223333:deploymentgroup:shop/shop',
    });
  });

  it.each([
    ['ecs:DescribeServices', 'AmazonECS', 'BeforeInstall Pending'],
    ['elasticloadbalancing:DescribeRules', 'AmazonElasticLoadBalancing', undefined],
    ['lambda:InvokeFunction', 'AWSLambda', 'BeforeInstall Failed'],
    ['ecs:CreateTaskSet', 'AmazonECS', 'Install Failed'],
    ['iam:PassRole', 'AmazonECS', 'Install Failed'],
    [
      'elasticloadbalancing:ModifyListener',
      'AmazonElasticLoadBalancing',
      'AllowTestTraffic Failed',
    ],
    ['elasticloadbalancing:ModifyRule', 'AmazonElasticLoadBalancing', 'AllowTraffic Failed'],
    ['ecs:UpdateServicePrimaryTaskSet', 'AmazonECS', 'AllowTraffic Failed'],
    ['ecs:DeleteTaskSet', 'AmazonECS', 'AfterAllowTraffic Succeeded'],
  ])('without %s fails with IAM_ROLE_PERMISSIONS', async (action, service, event) => {
    deploy = createDeploymentFixture((group) => {
      group.autoRollbackConfiguration = { enabled: false };
    });
    withRole({ denied: [action] });
    const id = deploy.create();
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'IAM_ROLE_PERMISSIONS',
      message: permissionsMessage(service),
    });
    const events = deploy.lifecycle(id);
    if (events.length > 0) expect(events).toContain(event);
    else expect(deploy.ecs.created).toEqual([]);
  });

  it('reads an AppSpec in S3, or the deployment fails before it changes anything', async () => {
    deploy = createDeploymentFixture();
    withRole({ denied: ['s3:GetObject'] });
    const content = new TextEncoder().encode(appSpec());
    deploy.world.provide('s3', { readObject: () => ({ body: content, etag: '' }) } as never);
    const s3Location = { bucket: 'specs', key: 'shop.json', bundleType: 'JSON' as const };
    const id = deploy.create({ revision: { revisionType: 'S3', s3Location } });
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({
      code: 'IAM_ROLE_PERMISSIONS',
      message: permissionsMessage('AmazonS3'),
    });
    expect(asked.map(({ resource }) => resource)).toEqual(['arn:aws:s3:::specs/shop.json']);
    expect(deploy.ecs.created).toEqual([]);
  });

  it('that is gone when the deployment begins fails with IAM_ROLE_MISSING', async () => {
    deploy = createDeploymentFixture();
    let there = true;
    withRole({ trusted: () => there });
    const id = deploy.create();
    there = false;
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toEqual({
      status: 'Failed',
      code: 'IAM_ROLE_MISSING',
      message: `The IAM role ${roleArn} does not exist or does not trust codedeploy.amazonaws.com.`,
    });
  });

  it('that cannot be assumed is refused by CreateDeployment and CreateDeploymentGroup (3.6)', () => {
    deploy = createDeploymentFixture();
    withRole({ trusted: () => false });
    const refused = expect.objectContaining({
      code: 'InvalidRoleException',
      message: `Cannot assume role provided: ${roleArn}`,
    });
    expect(() => deploy.create()).toThrow(refused);
    deploy.model.applications.deleteGroup('shop', 'shop');
    expect(() => deploy.model.applications.createGroup(groupInput())).toThrow(refused);
  });

  it('that may not publish keeps silent, and the deployment goes on', async () => {
    deploy = createDeploymentFixture((group) => {
      group.triggerConfigurations = [
        {
          triggerName: 't',
          triggerTargetArn: 'arn:aws:sns:eu-west-1:111122223333:x',
          triggerEvents: ['DeploymentStart'],
        },
      ];
    });
    withRole({ denied: ['sns:Publish'] });
    await deploy.reached(deploy.create(), 'Succeeded');
    expect(deploy.topics).toEqual([]);
  });

  it.each([
    [false, 'Stopped'],
    [true, 'Succeeded'],
  ])(
    'without DescribeAlarms and ignorePollAlarmFailure %s ends %s (3.9)',
    async (ignorePollAlarmFailure, status) => {
      deploy = createDeploymentFixture((group) => {
        group.alarmConfiguration = {
          enabled: true,
          ignorePollAlarmFailure,
          alarms: [{ name: '5xx' }],
        };
      });
      withRole({ denied: ['cloudwatch:DescribeAlarms'] });
      const id = deploy.create();
      await deploy.reached(id, status);
      expect(deploy.model.deployments.get(id).end?.code).toBe(
        ignorePollAlarmFailure ? undefined : 'ALARM_ACTIVE',
      );
    },
  );
});
