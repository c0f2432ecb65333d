import { beforeEach, describe, expect, it } from 'vitest';
import type { DescribedExecution } from '../../../functions/core/ports/executions.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import { sweep } from '../../../functions/sweep/step.ts';
import { type BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';
import {
  configOf,
  digestOf,
  execution,
  releaseRequest,
  serviceConfig,
} from '../../support/builders/releases.ts';
import { DriftScene } from '../../support/drift-scene.ts';
import { FakeExecutions } from '../../support/fakes/fake-executions.ts';
import {
  failAfterTestTraffic,
  observe,
  observedScene,
  pushKey,
} from '../observe-deployment/observed-scene.ts';

let scene: BlueGreenScene;
let executions: FakeExecutions;
const nothing = {
  started: [],
  recorded: [],
  concluded: [],
  expired: [],
  told: [],
  drifted: [],
  problems: [],
};
const missed = 'shop-333333333333';

beforeEach(async () => {
  scene = await observedScene();
  executions = new FakeExecutions();
  scene.clock.advance(3_600_000);
  executions.executions.push(described());
});

function described(changes: Partial<DescribedExecution> = {}): DescribedExecution {
  const { executionArn, executionName: name, startedAt } = execution();
  return {
    executionArn,
    executionName: name,
    status: 'RUNNING',
    startedAtMs: Date.parse(startedAt),
    redriveCount: 0,
    input: JSON.stringify(releaseRequest()),
    error: undefined,
    cause: undefined,
    ...changes,
  };
}

const run = () => sweep({ ...scene, executions, drift: new DriftScene().driftPorts() });

function pushUnheard(time: string): void {
  scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse(`2026-09-01T${time}Z`));
}

describe('a sweep', () => {
  it('finds nothing amiss while all is under way', async () => {
    await expect(run()).resolves.toEqual(nothing);

    expect(scene.workflow.executions.size).toBe(0);
    expect(scene.notifier.published).toEqual([]);
  });

  it('starts the push whose event was lost, once, and keeps it on record', async () => {
    pushUnheard('10:30:00');

    const { started } = await run();
    const again = await run();

    expect(started).toEqual([expect.stringMatching(`^${missed}-[0-9a-f]{16}$`)]);
    expect(again.started).toEqual([]);
    const [name = ''] = started;
    const request = scene.workflow.executions.get(name) as ReturnType<typeof releaseRequest>;
    expect(request).toMatchObject({ service: 'shop', tag: 'v3', digest: digestOf('3') });
    expect(name).toBe(executionName(request));
    expect(scene.records.stored(`pushes/${request.eventId}/received.json`)).toMatchObject({
      tag: 'v3',
      executions: [{ service: 'shop', executionName: name }],
    });
  });

  it.each([
    ['after it', '10:40:00', {}, 0],
    ['after it, still under way', '10:40:00', { status: 'RUNNING' as const }, 0],
    ['before it', '10:20:00', {}, 1],
    ['after it, and failed', '10:40:00', { status: 'FAILED' as const }, 1],
    ['after it, for another service', '10:40:00', { service: 'blog' }, 1],
  ])(
    'starts a missed push unless a person chose: %s',
    async (_, time, {
      service = 'shop',
      ...changes
    }: { service?: string; status?: 'RUNNING' | 'FAILED' }, count) => {
      pushUnheard('10:30:00');
      executions.executions.push(
        described({
          executionArn: 'arn:by-hand',
          executionName: 'by-kim',
          status: 'SUCCEEDED',
          startedAtMs: Date.parse(`2026-09-01T${time}Z`),
          input: JSON.stringify({ service, action: 'rollback' }),
          ...changes,
        }),
      );

      expect((await run()).started).toHaveLength(count);
    },
  );

  it.each([
    ['may still be on its way', '10:56:00'],
    ['came before Greengate was there', '10:30:00'],
  ])('does not start a push whose event %s', async (what, time) => {
    pushUnheard(time);
    if (what.startsWith('came')) executions.sinceMs = Date.parse('2026-09-01T10:45:00Z');

    await expect(run()).resolves.toMatchObject({ started: [] });
  });

  it('answers an execution whose deployment ended unheard', async () => {
    await failAfterTestTraffic(scene);

    await expect(run()).resolves.toEqual({
      ...nothing,
      concluded: [execution().executionName],
    });

    expect(scene.workflow.answers).toMatchObject([
      { kind: 'failure', taskToken: 'token-1', error: 'DeploymentRolledBack' },
    ]);
  });

  it('leaves an outcome for an execution whose end nobody heard of', async () => {
    scene.deployments.deployments.clear();
    executions.executions[0] = described({ status: 'ABORTED', cause: 'wrong tag' });

    await expect(run()).resolves.toEqual({ ...nothing, recorded: [execution().executionName] });
    await expect(run()).resolves.toEqual(nothing);

    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'failed',
      reason:
        'Failed before a deployment was started: execution shop-222222222222-ab was stopped: wrong tag',
    });
    expect(scene.notifier.published).toHaveLength(1);
  });

  it('does not tell people at every sweep of an end that no bucket keeps', async () => {
    scene.deployments.deployments.clear();
    executions.executions[0] = described({ status: 'FAILED', error: 'ReleaseHeld' });
    scene.records.failure = new Error('Access Denied');

    await run();
    await run();

    expect(scene.notifier.published).toEqual([]);
  });

  it('stops the deployment that an ended execution left behind', async () => {
    executions.executions[0] = described({ status: 'FAILED', error: 'States.Timeout' });

    await expect(run()).resolves.toMatchObject({ recorded: [execution().executionName] });

    expect(scene.deployments.stopped).toEqual([deploymentId]);
  });

  it('tells of the success that the topic did not take', async () => {
    scene.deployments.change(deploymentId, { status: 'Succeeded' });
    scene.notifier.failure = new Error('no topic');
    executions.executions[0] = described({ status: 'SUCCEEDED' });
    await observe(scene, deploymentId, 'SUCCESS');
    await expect(run()).resolves.toEqual(nothing);
    scene.notifier.failure = undefined;

    await expect(run()).resolves.toEqual({ ...nothing, told: ['Greengate: shop v2 deployed'] });
    await expect(run()).resolves.toEqual(nothing);
  });

  it('hears of the end of an execution that began days before', async () => {
    scene.clock.advance(3 * 24 * 3_600_000);
    const endedAtMs = scene.clock.now() - 3_600_000;
    executions.executions[0] = described({ status: 'ABORTED', endedAtMs });

    await expect(run()).resolves.toMatchObject({ recorded: [execution().executionName] });

    expect(scene.deployments.stopped).toEqual([deploymentId]);
  });

  it('leaves ends of days ago alone', async () => {
    executions.executions[0] = described({ status: 'FAILED' });
    scene.clock.advance(24 * 3_600_000);

    await expect(run()).resolves.toEqual(nothing);
  });

  it('does not let one service or execution cost the others their sweep', async () => {
    const other = serviceConfig({
      name: 'other',
      image: { repository: 'team/other', tags: ['v*'] },
    });
    scene.config = configOf(other, serviceConfig());
    pushUnheard('10:30:00');
    executions.executions.push(described({ executionArn: 'gone', executionName: 'odd' }));
    executions.describe = async (arn) => {
      if (arn === 'gone') throw new Error('it vanished');
      return described();
    };

    const report = await run();

    expect(report.started).toEqual([expect.stringContaining(missed)]);
    expect(report.problems).toEqual([
      'pushes of other: ECR has no repository "team/other"',
      'execution odd: it vanished',
    ]);
  });
});
