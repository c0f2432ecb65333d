import { describe, expect, it } from 'vitest';
import { check as checkSchema } from '../../../../functions/core/config/check-schemas.ts';
import { deploymentDescription } from '../../../../functions/core/deployment/identity.ts';
import { hookNamePrefix } from '../../../support/builders/traffic.ts';
import type { TrafficScene } from '../../../support/traffic-scene.ts';
import { ask } from './ask.ts';

type Case = [what: string, spoil: (scene: TrafficScene) => void, finding: object];
const containing = (text: string): unknown => expect.stringContaining(text);

const alarm = (changes: object) => (scene: TrafficScene) => {
  scene.alarms = scene.alarms.map((one) => ({ ...one, ...changes }));
};

describe('alarms-ready', () => {
  it.each<Case>([
    [
      'quiet ones',
      () => undefined,
      { status: 'OK', observed: 'shop-5xx OK, missing data notBreaching' },
    ],
    [
      'one without data, which stops nothing',
      alarm({ state: 'INSUFFICIENT_DATA', missingData: 'missing' }),
      { status: 'OK' },
    ],
    [
      'a composite one',
      alarm({ missingData: undefined }),
      { status: 'OK', observed: 'shop-5xx OK' },
    ],
    ['one in ALARM', alarm({ state: 'ALARM' }), { status: 'NG', observed: 'shop-5xx is in ALARM' }],
    [
      'one that takes silence for an alarm',
      alarm({ missingData: 'breaching' }),
      { status: 'NG', remedy: containing('Set TreatMissingData of shop-5xx to notBreaching') },
    ],
    [
      'no deployment group, and a missing one of a check',
      (scene) => {
        scene.group = undefined;
        scene.config = {
          ...scene.config,
          checks: {
            ...scene.config.checks,
            beforeAllowTraffic: [{ type: 'alarms', names: ['gone'], allowInconclusive: false }],
          },
        };
      },
      { status: 'NG', observed: 'gone does not exist' },
    ],
    [
      'missing ones of group and checks, all together',
      (scene) => {
        scene.alarms = [];
        const checks = {
          ...scene.config.checks,
          beforeAllowTraffic: [
            checkSchema.parse({ type: 'alarms', names: ['shop-p95', 'shop-5xx'] }),
          ],
        };
        scene.config = { ...scene.config, checks };
      },
      { status: 'NG', observed: 'shop-5xx does not exist; shop-p95 does not exist' },
    ],
    [
      'none at all',
      (scene) => scene.setGroup({ alarmNames: [] }),
      { status: 'SKIP', reason: containing('nothing watches') },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('alarms-ready', spoil)).toMatchObject(finding);
  });
});

describe('auto-scaling', () => {
  const scaled =
    (changes: object, suspended: object = {}) =>
    (scene: TrafficScene) => {
      const off = { scalingIn: false, scalingOut: false, scheduled: false };
      scene.scaling = {
        minTasks: 2,
        maxTasks: 8,
        policyNames: ['cpu'],
        ...changes,
        suspended: { ...off, ...suspended },
      };
    };
  it.each<Case>([
    ['none', () => undefined, { status: 'OK', observed: 'the service is not scaled' }],
    [
      'a fixed number',
      scaled({ maxTasks: 2 }),
      { status: 'OK', observed: '2 to 2 tasks: nothing to scale' },
    ],
    [
      'no policy',
      scaled({ policyNames: [] }),
      { status: 'OK', observed: '2 to 8 tasks, no scaling policy' },
    ],
    [
      'both directions suspended',
      scaled({}, { scalingIn: true, scalingOut: true }),
      { status: 'OK', observed: containing('policies suspended: cpu') },
    ],
    [
      'one direction alive',
      scaled({}, { scalingIn: true }),
      {
        status: 'NG',
        observed: '2 to 8 tasks, scaling out by cpu',
        remedy: containing('--resource-id service/prod/shop'),
      },
    ],
    [
      'both alive',
      scaled({}),
      { status: 'NG', observed: '2 to 8 tasks, scaling in and out by cpu' },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('auto-scaling', spoil)).toMatchObject(finding);
  });
});

describe('deployment-in-flight', () => {
  const flying = (changes: object) => (scene: TrafficScene) =>
    void scene.deployments.add({ deploymentId: 'd-1', status: 'InProgress', ...changes });
  const description = deploymentDescription({ executionName: 'shop-v1', redriveCount: 0 });
  it.each<Case>([
    ['none', () => undefined, { status: 'OK', observed: 'none in flight' }],
    ['one that ended', flying({ status: 'Stopped' }), { status: 'OK', observed: 'none in flight' }],
    [
      'our own',
      flying({ description }),
      { status: 'OK', observed: containing("d-1 is Greengate's own") },
    ],
    [
      'a rollback',
      flying({ description: undefined, creator: 'codeDeployRollback' }),
      { status: 'OK', observed: containing('d-1 rolls back') },
    ],
    [
      'a foreign one',
      flying({ description: 'by hand', creator: 'user' }),
      {
        status: 'NG',
        observed: 'd-1 InProgress, by user',
        remedy: containing('stop-deployment --deployment-id d-1'),
      },
    ],
  ])('with %s', async (_, spoil, finding) => {
    expect(await ask('deployment-in-flight', spoil)).toMatchObject(finding);
  });
});

describe('hook-functions and permissions', () => {
  const name = `${hookNamePrefix}AfterInstall`;
  it.each<[string, ...Case]>([
    [
      'hook-functions',
      'all',
      () => undefined,
      { status: 'OK', observed: '5 functions, all Active' },
    ],
    [
      'hook-functions',
      'one missing',
      (scene) => void scene.hooks.delete(name),
      { status: 'NG', observed: `${name} does not exist` },
    ],
    [
      'hook-functions',
      'Inactive ones',
      (scene) => scene.setHooks({ state: 'Inactive', stateReason: 'idle' }),
      { status: 'NG', observed: containing(`${name} is Inactive: idle; `) },
    ],
    [
      'hook-permission',
      'leave to invoke',
      () => undefined,
      { status: 'OK', observed: 'arn:role/codedeploy may invoke 5 functions' },
    ],
    [
      'hook-permission',
      'one refused',
      (scene) => void scene.refused.add(`lambda:InvokeFunction arn:function:${name}`),
      {
        status: 'NG',
        observed: `IAM answers implicitDeny for ${name}`,
        remedy: `Allow lambda:InvokeFunction on arn:function:${name} to arn:role/codedeploy`,
      },
    ],
    ['hook-permission', 'no hook', (scene) => scene.hooks.clear(), { status: 'SKIP' }],
    [
      'pass-role-permission',
      'leave to pass',
      () => undefined,
      { status: 'OK', observed: containing('may pass arn:role/execution and arn:role/task') },
    ],
    [
      'pass-role-permission',
      'one refused',
      (scene) => void scene.refused.add('iam:PassRole arn:role/task'),
      { status: 'NG', observed: 'refused for arn:role/task' },
    ],
    [
      'pass-role-permission',
      'no roles',
      (scene) => {
        scene.document = { family: 'shop' };
      },
      { status: 'SKIP' },
    ],
  ])('%s with %s', async (id, _, spoil, finding) => {
    expect(await ask(id, spoil)).toMatchObject(finding);
  });
});
