import { beforeEach, describe, expect, it } from 'vitest';
import type { RolloutRecord } from '../../../functions/core/rolling/rollout-record.ts';
import { resolveRelease } from '../../../functions/resolve-release/step.ts';
import { configOf, digestOf, execution, release } from '../../support/builders/releases.ts';
import { rolloutRecord } from '../../support/builders/rollout-records.ts';
import { ecsDeployment, rollingEcsService } from '../../support/fakes/fake-ecs-services.ts';
import { rolloutArn } from '../../support/fakes/fake-service-deployments.ts';
import { RollingScene } from '../../support/rolling-scene.ts';
import { prepareResolve, pushedAtMs, repository } from './resolve-fixture.ts';

const image = (digit: string) =>
  `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf(digit)}`;
const executionName = 'by-kim';
const dayMs = 24 * 3_600_000;
let scene: ReturnType<typeof prepareResolve>;

/** v1, v2 and v3 were rolled out one after the other; v3 runs. */
beforeEach(async () => {
  scene = prepareResolve();
  scene.deps.config = configOf(...new RollingScene().config.services);
  scene.deps.clock.advance(100 * dayMs);
  scene.deps.images.push(repository, 'v3', digestOf('3'), pushedAtMs + 60_000);
  for (const digit of ['1', '2', '3']) await rolledOut(digit);
  runs('3');
});

function runs(digit: string): void {
  const taskDefinitionArn = scene.deps.taskDefinitions.add({
    family: 'shop',
    containerDefinitions: [{ name: 'app', image: image(digit) }],
  });
  const deployment = ecsDeployment({ taskDefinitionArn });
  scene.deps.services.services.set('prod/shop', rollingEcsService([deployment]));
}

async function rolledOut(digit: string, changes: Partial<RolloutRecord> = {}, daysAgo = 9) {
  const deploymentId = `ROLLOUT${digit}`;
  scene.deps.serviceDeployments.add({
    arn: rolloutArn(deploymentId),
    status: 'SUCCESSFUL',
    createdAtMs: scene.deps.clock.now() - daysAgo * dayMs + Number(digit) * 1_000,
  });
  await scene.deps.records.write(
    `deployments/${deploymentId}/record.json`,
    rolloutRecord({
      deploymentId,
      release: release({ tag: `v${digit}`, digest: digestOf(digit) }),
      ...changes,
    }),
  );
}

const rollback = () =>
  resolveRelease(
    {
      request: { service: 'shop', ask: { kind: 'rollback' } },
      execution: execution({ executionName }),
    },
    scene.deps,
  );

describe('a rollback by hand of a service that ECS rolls out', () => {
  it('is the last release on record that succeeded before what runs', async () => {
    await expect(rollback()).resolves.toMatchObject({
      outcome: 'proceed',
      release: {
        tag: 'v2',
        digest: digestOf('2'),
        eventId: `hand-${executionName}`,
        force: true,
        byHand: 'rollback',
      },
    });
  });

  it('goes further back where nothing else is on record lately', async () => {
    const { rollouts } = scene.deps.serviceDeployments;
    rollouts.splice(0, rollouts.length, ...rollouts.filter(({ arn }) => arn.endsWith('3')));
    await rolledOut('1', {}, 60);

    expect((await rollback()).release).toMatchObject({ tag: 'v1' });
  });

  it('leaves out what succeeded for ECS and was taken back afterwards', async () => {
    await rolledOut('2', { outcome: 'rolled-back', error: 'DeploymentRolledBack' } as never);

    expect((await rollback()).release).toMatchObject({ tag: 'v1' });
  });

  it('goes on from a rollback, not back to what it took back', async () => {
    await rolledOut('4', {
      release: release({ tag: 'v2', digest: digestOf('2'), byHand: 'rollback', force: true }),
    });
    runs('2');

    expect((await rollback()).release).toMatchObject({ tag: 'v1' });
  });

  it('takes back a release in its bake, which has no record yet', async () => {
    scene.deps.records.forget('deployments/ROLLOUT3/record.json');
    await scene.deps.records.write('deployments/ROLLOUT3/rollout.json', {
      release: release({ tag: 'v3', digest: digestOf('3') }),
      taskDefinitionArn: release().originalTaskDefinitionArn,
      execution: execution(),
    });

    expect((await rollback()).release).toMatchObject({ tag: 'v2' });
  });

  it('is refused while a rollout makes it uncertain what runs', async () => {
    scene.deps.serviceDeployments.add({ arn: rolloutArn('ROLLOUT5') });

    await expect(rollback()).rejects.toMatchObject({
      name: 'ReleaseRefused',
      message: expect.stringContaining(
        'rollout ROLLOUT5 is IN_PROGRESS, so what to go back to is not certain; stop its execution',
      ),
    });
  });

  it('is refused with the reason when there is nothing to go back to', async () => {
    const { rollouts } = scene.deps.serviceDeployments;
    rollouts.splice(0, rollouts.length, ...rollouts.filter(({ arn }) => arn.endsWith('3')));

    await expect(rollback()).rejects.toMatchObject({
      name: 'ReleaseRefused',
      message:
        'Cannot roll "shop" back: no release before the running one (sha256:333333333333) is on record; name the image to go back to',
    });
  });
});
