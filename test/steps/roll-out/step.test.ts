import { beforeEach, describe, expect, it } from 'vitest';
import { TransientAwsError } from '../../../functions/core/errors.ts';
import type { RolloutRecord } from '../../../functions/core/rolling/rollout-record.ts';
import { executionName } from '../../../functions/core/workflow/execution-name.ts';
import type { RollOutInput } from '../../../functions/roll-out/roll-out-input.ts';
import { rollOut } from '../../../functions/roll-out/step.ts';
import { httpCheck } from '../../support/builders/checks.ts';
import { digestOf, execution, release, releaseRequest } from '../../support/builders/releases.ts';
import { taskEnd } from '../../support/builders/stopped-tasks.ts';
import { answered } from '../../support/fakes/fake-probe-transport.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import {
  newTaskDefinition,
  originalTaskDefinition,
  RollingScene,
  rollOutInput,
} from '../../support/rolling-scene.ts';

let scene: RollingScene;
const started = rolloutArn('STARTED1');
const back = rolloutArn('STARTED2');
/** Named as a push names it. */
const pushed = execution({ executionName: executionName(releaseRequest()) });
const pushKey = `pushes/${releaseRequest().eventId}/shop.json`;

beforeEach(() => {
  scene = new RollingScene();
});

const run = (changes: Partial<RollOutInput> = {}) => rollOut(rollOutInput(changes), scene);

/** After so many looks at it, the rollout ends. */
function endAfter(looks: number, status: 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL', of = started) {
  let seen = 0;
  const before = scene.serviceDeployments.beforeGet;
  scene.serviceDeployments.beforeGet = (arn) => {
    before(arn);
    if (arn === of && ++seen === looks) scene.end(arn, status);
  };
}

const record = () => scene.records.stored('deployments/STARTED1/record.json') as RolloutRecord;

describe('rollOut', () => {
  it('starts the revision, proves it after the rollout and through the bake, and records', async () => {
    endAfter(2, 'SUCCESSFUL');
    const result = await run();

    expect(result).toMatchObject({ outcome: 'deployed', deploymentId: 'STARTED1', tag: 'v2' });
    expect(scene.serviceDeployments.started).toMatchObject([
      { cluster: 'prod', service: 'shop', taskDefinitionArn: newTaskDefinition },
    ]);
    expect(record().phases.map(({ phase }) => phase)).toEqual(['before', 'after', 'bake']);
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'deployed' });
    expect(scene.notifier.published).toHaveLength(1);
    const { rollout } = record();
    expect(scene.clock.now() - (rollout.finishedAtMs ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it('changes nothing when what runs now does not pass the checks', async () => {
    scene.answer(500);

    await expect(run({ execution: pushed })).rejects.toMatchObject({ name: 'DeploymentFailed' });

    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.records.stored(pushKey)).toMatchObject({
      outcome: 'failed',
      reason: expect.stringMatching(
        /^Failed before anything changed: .*what runs does not pass.*; if this release is to mend that, redrive its execution$/,
      ),
    });
    expect(scene.notifier.published).toHaveLength(1);
  });

  it.each([
    ['redrove', execution({ ...pushed, redriveCount: 1 })],
    ['started by hand', execution({ executionName: 'rollback-of-shop' })],
  ])('mends what does not pass them with a release that a person %s', async (_, by) => {
    scene.answer(500);
    scene.serviceDeployments.begun = { target: runningOne() };
    scene.clock.duringSleep = () => {
      if (scene.serviceDeployments.rollouts[0]?.status !== 'IN_PROGRESS') return;
      scene.answer(200);
      scene.end(started, 'SUCCESSFUL');
    };

    await expect(run({ execution: by })).resolves.toMatchObject({ outcome: 'deployed' });

    expect(record().phases.map(({ phase, verdict }) => `${phase} ${verdict}`)).toEqual([
      'before pass',
      'after pass',
      'bake pass',
    ]);
    const [before] = record().phases;
    expect(before?.sentence).toMatch(
      /^What runs does not pass the checks, and a person wants this release, which has to pass them: GET /,
    );
    expect(before?.checks.map(({ evidence }) => evidence.at(-1))).toContainEqual(
      expect.objectContaining({ kind: 'let-through', verdict: 'fail' }),
    );
  });

  it('starts nothing for a person either where a check is broken', async () => {
    const broken = httpCheck({ requests: 1, expect: { body: { matches: '(' } } });
    scene.configure(
      {},
      {
        checks: { afterAllowTestTraffic: [broken], beforeAllowTraffic: [], afterAllowTraffic: [] },
      },
    );

    const redriven = run({ execution: execution({ ...pushed, redriveCount: 1 }) });
    await expect(redriven).rejects.toMatchObject({
      name: 'DeploymentFailed',
      message: expect.not.stringContaining('redrive'),
    });
    expect(scene.serviceDeployments.started).toEqual([]);
  });

  it('goes back from a release that does not mend it', async () => {
    scene.answer(500);
    endAfter(1, 'SUCCESSFUL');
    scene.clock.duringSleep = () => {
      const way = scene.serviceDeployments.rollouts.find(({ arn }) => arn === back);
      if (way?.status === 'IN_PROGRESS') scene.end(back, 'SUCCESSFUL');
    };

    await expect(run({ execution: execution({ ...pushed, redriveCount: 1 }) })).rejects.toThrow(
      /^Rolled back, but not verified: .*; it was to mend: checks failed after the rollout: /,
    );
    expect(scene.serviceDeployments.started).toHaveLength(2);
  });

  it('has a rollout stopped whose mixture fails a check, and verifies the way back', async () => {
    scene.serviceDeployments.begun = { target: runningOne() };
    scene.serviceDeployments.beforeGet = () => {
      scene.probe.answer = (request) => answered(request.url.endsWith('/products') ? 500 : 200);
    };
    endAfter(3, 'ROLLBACK_SUCCESSFUL');
    scene.clock.duringSleep = () => {
      if (scene.serviceDeployments.rollouts[0]?.status === 'ROLLBACK_SUCCESSFUL') scene.answer(200);
    };

    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentRolledBack',
      message: expect.stringMatching(/^Rolled back: checks failed during the rollout: /),
    });

    expect(scene.serviceDeployments.stopped).toEqual([started]);
    expect(record()).toMatchObject({ outcome: 'rolled-back', stop: { cause: 'check-failed' } });
  });

  it('tells a rollback of the circuit breaker from a success, with what the tasks died of', async () => {
    scene.configure({}, { failFast: { stoppedTasks: 100, logLines: 5 } });
    scene.serviceDeployments.begun = {
      failures: { count: 3, threshold: 3 },
      rollback: {
        reason:
          'Service deployment rolled back because the circuit breaker threshold was exceeded.',
        serviceRevisionArn: undefined,
      },
    };
    scene.stopped.push(taskEnd());
    scene.serviceDeployments.beforeGet = () => {
      const [rolling] = scene.services.services.values();
      const [serving] = rolling?.rolling?.deployments ?? [];
      if (!rolling?.rolling || !serving) return;
      const ours = { ...serving, id: 'ecs-svc/2', taskDefinitionArn: newTaskDefinition };
      const deployments = [ours, { ...serving, status: 'ACTIVE' }];
      scene.services.services.set('prod/shop', {
        ...rolling,
        rolling: { ...rolling.rolling, deployments },
      });
    };
    endAfter(3, 'ROLLBACK_SUCCESSFUL');

    await expect(run()).rejects.toMatchObject({
      name: 'DeploymentRolledBack',
      message:
        'Rolled back: Service deployment rolled back because the circuit breaker threshold was exceeded, 3 tasks failed, the last one: Essential container in task exited, exit code 1, container app',
    });
    expect(scene.serviceDeployments.stopped).toEqual([]);
  });

  it('redeploys the previous revision when the release fails after its rollout', async () => {
    scene.serviceDeployments.beforeGet = (arn) => {
      if (arn === started) scene.answer(500);
    };
    endAfter(1, 'SUCCESSFUL');
    scene.clock.duringSleep = () => {
      const way = scene.serviceDeployments.rollouts.find(({ arn }) => arn === back);
      if (way?.status !== 'IN_PROGRESS') return;
      scene.answer(200);
      scene.end(back, 'SUCCESSFUL');
    };

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentRolledBack' });

    expect(scene.serviceDeployments.started.map((one) => one.taskDefinitionArn)).toEqual([
      newTaskDefinition,
      originalTaskDefinition,
    ]);
    expect(record()).toMatchObject({ rollbackDeploymentId: 'STARTED2', outcome: 'rolled-back' });
  });

  it('calls no way back good that leaves tasks of the release behind', async () => {
    scene.serviceDeployments.beforeGet = (arn) => {
      scene.serviceDeployments.change(arn, { status: 'ROLLBACK_SUCCESSFUL' });
      scene.runs(newTaskDefinition, digestOf('2'));
    };

    await expect(run()).rejects.toMatchObject({
      name: 'RollbackFailed',
      message: expect.stringContaining('not verified'),
    });
  });
});

describe('rollOut after a crash, a time-out or a redrive', () => {
  it('says that the rollout runs when its time is over, and finds it again', async () => {
    scene.invocationMs = 400_000;
    await expect(run()).rejects.toMatchObject({ name: 'RolloutRunning' });
    scene.invocationMs = 9_000_000;
    scene.end(started, 'SUCCESSFUL');

    await expect(run()).resolves.toMatchObject({ deploymentId: 'STARTED1' });
    expect(scene.serviceDeployments.started).toHaveLength(1);
  });

  it('starts afresh when a rollback is redriven', async () => {
    const earlier = { arn: rolloutArn('EARLIER'), status: 'ROLLBACK_SUCCESSFUL' };
    scene.serviceDeployments.add({ ...earlier, createdAtMs: Date.parse('2026-09-01T10:00:30Z') });
    scene.serviceDeployments.begun = { createdAtMs: Date.parse('2026-09-01T11:00:30Z') };
    endAfter(1, 'SUCCESSFUL');

    await run({
      execution: execution({ redriveCount: 1 }),
      attemptStartedAt: '2026-09-01T11:00:00Z',
    });

    expect(scene.serviceDeployments.started).toHaveLength(1);
  });

  it('waits for a rollout of somebody else', async () => {
    scene.serviceDeployments.add({ taskDefinitionArn: 'arn:other:9' });

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
    expect(scene.serviceDeployments.started).toEqual([]);
    expect(scene.serviceDeployments.stopped).toEqual([]);
  });

  it.each([
    ['makes room for the newest push where no task of the other runs yet', '1', true],
    ['waits for the very same image, which another tag names', '2', false],
  ])('%s', async (_, digit, stops) => {
    scene.configure({}, { onNewerPush: 'supersede' });
    const taskDefinitionArn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:9';
    const other = scene.serviceDeployments.add({ taskDefinitionArn });
    const kept = {
      release: release({ digest: digestOf(digit) }),
      taskDefinitionArn,
      execution: execution(),
      phases: [],
      answers: { before: {}, since: {} },
    };
    await scene.records.write('deployments/AAAAAAAA1/rollout.json', kept);

    await expect(run()).rejects.toMatchObject({ name: 'DeploymentConflictError' });
    expect(scene.serviceDeployments.stopped).toEqual(stops ? [other.arn] : []);
  });

  it('yields to a newer image', async () => {
    scene.images.push('team/shop', 'v3', digestOf('3'), Date.parse('2026-09-01T10:05:00Z'));

    await expect(run()).rejects.toMatchObject({ name: 'ReleaseSuperseded' });
    expect(scene.records.stored(pushKey)).toMatchObject({ outcome: 'superseded' });
  });

  it('yields to an older image that was pushed anew after it', async () => {
    scene.images.push('team/shop', 'v1-again', digestOf('1'), 0);
    const retag = { tag: 'v1-again', digest: digestOf('1'), pushedAt: '2026-09-01T10:00:01Z' };
    await scene.records.write('pushes/retags/shop.json', retag);

    await expect(run()).rejects.toMatchObject({ name: 'ReleaseSuperseded' });
    expect(scene.serviceDeployments.started).toEqual([]);
  });

  it('goes on without the bucket', async () => {
    scene.records.failure = new TransientAwsError('S3 is slow');
    endAfter(2, 'SUCCESSFUL');

    await expect(run()).resolves.toMatchObject({ outcome: 'deployed' });
  });
});

function runningOne() {
  return {
    revisionArn: 'arn:aws:ecs:eu-central-1:123456789012:service-revision/prod/shop/4',
    requestedTaskCount: 2,
    runningTaskCount: 1,
    pendingTaskCount: 1,
  };
}
