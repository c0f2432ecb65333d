import { afterEach, describe, expect, it } from 'vitest';
import { createDeploymentFixture, type DeploymentFixture } from './deployment-fixture.ts';
import { production } from './fake-load-balancer.ts';

let deploy: DeploymentFixture;
afterEach(() => deploy.stop());

const minute = 60_000;
const ended = (id: string) => {
  const { status, end } = deploy.model.deployments.get(id);
  return { status, code: end?.code, message: end?.message };
};
const withAlarm = () =>
  createDeploymentFixture((group) => {
    group.alarmConfiguration = { enabled: true, alarms: [{ name: 'shop-5xx' }] };
  });

describe('an alarm', () => {
  const stopped = {
    status: 'Stopped',
    code: 'ALARM_ACTIVE',
    message: expect.stringContaining('shop-5xx'),
  };

  it('that is active at the start stops at once, without a rollback', async () => {
    deploy = withAlarm();
    deploy.alarms.add('shop-5xx');
    const id = deploy.create();
    await deploy.reached(id, 'Stopped');
    expect(ended(id)).toEqual(stopped);
    expect(deploy.hookCalls).toEqual([]);
    expect(deploy.events).toEqual([`START ${id}`, `STOP ${id}`]);
  });

  it('that fires in the canary window stops before the next shift and rolls back', async () => {
    deploy = withAlarm();
    deploy.loadBalancer.onChange = (text) => {
      if (text.endsWith('blue:90 green:10')) deploy.alarms.add('shop-5xx');
    };
    const id = deploy.create({
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    });
    await deploy.reached(id, 'Stopped');
    expect(ended(id)).toEqual(stopped);
    await deploy.world.clock.sleep(minute);
    expect(deploy.loadBalancer.changes).not.toContain('listener/production blue:0 green:100');
    expect(deploy.loadBalancer.weights(production)).toBe('blue:100 green:0');
  });

  it('is named beside others that are active, each between brackets of its own', async () => {
    deploy = createDeploymentFixture((group) => {
      group.alarmConfiguration = {
        enabled: true,
        alarms: [{ name: 'shop-5xx' }, { name: 'shop-quiet' }, { name: 'shop-slow' }],
      };
    });
    deploy.alarms.add('shop-5xx').add('shop-slow');
    const id = deploy.create();
    await deploy.reached(id, 'Stopped');
    expect(ended(id).message).toBe(
      'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, ' +
        'and the affected deployments have been stopped. Activated alarms: <shop-5xx> <shop-slow>',
    );
  });

  it('of the deployment overrides those of the group', async () => {
    deploy = withAlarm();
    deploy.alarms.add('shop-5xx');
    const id = deploy.create({ overrideAlarmConfiguration: { enabled: false } });
    await deploy.reached(id, 'Succeeded');
  });
});

it.each([
  [{}, 'TIMEOUT'],
  [{ unsettledScalingErrorCode: 'AUTOSCALING_VALIDATION_ERROR' }, 'AUTOSCALING_VALIDATION_ERROR'],
] as const)(
  'with %j a scaling event that does not settle in five minutes of a shift ends in %s',
  async (settings, code) => {
    deploy = createDeploymentFixture(() => {}, settings);
    deploy.loadBalancer.onChange = (text) => {
      if (!text.endsWith('blue:90 green:10')) return;
      deploy.ecs.desiredCount = 4;
      deploy.ecs.change('ecs-svc/2', { stabilityStatus: 'STABILIZING' });
    };
    const id = deploy.create({
      deploymentConfigName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
    });
    await deploy.reached(id, 'Failed');
    expect(ended(id)).toMatchObject({ code });
    expect(ended(id).message).toContain('5 minutes');
  },
);
