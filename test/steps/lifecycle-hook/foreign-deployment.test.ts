import { beforeEach, describe, expect, it } from 'vitest';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { runLifecycleHook } from '../../../functions/lifecycle-hook/step.ts';
import { BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';

const hookExecutionId = 'hook-execution-1';
let scene: BlueGreenScene;
beforeEach(() => {
  scene = new BlueGreenScene();
  scene.allowTestTraffic();
});

const run = (lifecycleEvent: HookLifecycleEvent) =>
  runLifecycleHook(
    { deploymentId, hookExecutionId },
    {
      lifecycleEvent,
      judge: () => scene,
      clock: scene.clock,
      signal: scene.signal,
      reports: scene.deployments,
      records: scene.records,
      notifier: scene.notifier,
      region: () => 'eu-central-1',
      log: scene.log,
    },
  );
const reported = () => scene.deployments.reports.map(({ status }) => status);

describe('a hook that is invoked for what is not its own', () => {
  it.each([
    ['another application', { application: 'blog' }],
    ['another deployment group', { deploymentGroup: 'blog' }],
  ])('never reports Succeeded for %s', async (_, changes) => {
    scene.deployments.change(deploymentId, changes);

    const report = await run('AfterAllowTestTraffic');

    expect(report).toMatchObject({ verdict: 'error', service: undefined });
    expect(reported()).toEqual(['Failed']);
    expect(scene.probe.requests).toEqual([]);
  });

  it.each(['Pending', 'Succeeded', 'Failed', 'Skipped'])(
    'never reports Succeeded when its own lifecycle event is %s',
    async (status) => {
      const target = deploymentTarget({ AfterAllowTestTraffic: status });
      scene.deployments.target = () => Promise.resolve(target);

      const report = await run('AfterAllowTestTraffic');

      expect(report.sentence).toBe(
        `Cannot judge AfterAllowTestTraffic of deployment ${deploymentId}: it is ${status}, expected InProgress; name each hook function for its own lifecycle event alone`,
      );
      expect(reported()).toEqual(['Failed']);
      expect(scene.probe.requests).toEqual([]);
    },
  );

  it('judges its own event, also when CodeDeploy shows it a moment late', async () => {
    const statuses = ['Pending', 'Pending', 'InProgress'];
    const { target } = scene.deployments;
    scene.deployments.target = async (id) => {
      const known = await target.call(scene.deployments, id);
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      return {
        ...deploymentTarget({ AfterAllowTestTraffic: String(status) }),
        taskSets: known?.taskSets ?? [],
      };
    };

    expect(await run('AfterAllowTestTraffic')).toMatchObject({ verdict: 'pass' });
    expect(reported()).toEqual(['Succeeded']);
  });
});
