import { describe, expect, it } from 'vitest';
import type { EcsService } from '../../../../functions/core/ports/ecs-services.ts';
import { containerPort } from '../../../../functions/core/preflight/release/container-port.ts';
import { deploymentController } from '../../../../functions/core/preflight/release/deployment-controller.ts';
import { releaseChecks } from '../../../../functions/core/preflight/release/release-checks.ts';
import { runPreflight } from '../../../../functions/core/preflight/run-preflight.ts';
import { ReleaseScene } from '../../../support/release-scene.ts';

describe('container-port', () => {
  it.each([
    ['is mapped', [{ containerPort: 8080 }], 'OK', 'container app; traffic goes to app:8080'],
    [
      'lies in a range',
      [{ containerPortRange: '8000-8100' }],
      'OK',
      'container app; traffic goes to app:8080',
    ],
    [
      'is not mapped',
      [{ containerPort: 80 }, { containerPortRange: '90-91' }],
      'NG',
      'ports 80, 90-91',
    ],
    ['has no mapping at all', undefined, 'NG', 'ports none'],
  ])('when the load-balanced port %s', async (_, portMappings, status, observed) => {
    const scene = new ReleaseScene();
    scene.changeContainer({ portMappings });
    expect(await scene.judge(containerPort)).toMatchObject({ status, observed });
  });

  it('is NG when the configured container is not there', async () => {
    const scene = new ReleaseScene();
    scene.changeContainer({ name: 'web' });
    expect(await scene.judge(containerPort)).toMatchObject({
      status: 'NG',
      expected: 'a container "app" in family shop',
      observed: 'containers web',
    });
  });

  it.each([
    [{ name: 'proxy', port: 8080 }, 'containers app'],
    [undefined, 'no load balancer'],
  ])('is NG when traffic goes to %j', async (loadBalancedContainer, observed) => {
    const scene = new ReleaseScene();
    scene.changeService({ loadBalancedContainer });
    expect(await scene.judge(containerPort)).toMatchObject({ status: 'NG', observed });
  });
});

describe('deployment-controller', () => {
  it.each<[Partial<EcsService>, string, string]>([
    [{}, 'OK', 'CODE_DEPLOY, with PRIMARY task set ecs-svc/1111111111111111111'],
    [{ deploymentController: 'ECS' }, 'NG', 'deployment controller ECS'],
    [{ primaryTaskSet: undefined, taskSets: [] }, 'NG', '0 task sets, none of them PRIMARY'],
  ])('with %j is %s', async (changes, status, observed) => {
    const scene = new ReleaseScene();
    scene.changeService(changes);
    expect(await scene.judge(deploymentController)).toMatchObject({ status, observed });
  });
});

describe('the release half as a whole', () => {
  const ask = (scene: ReleaseScene) =>
    runPreflight(releaseChecks, scene.facts(), scene.service.preflight, {
      clock: scene.clock,
      timeout: () => new AbortController().signal,
    });

  it('finds nothing wrong with a sound service, and fetches each fact once', async () => {
    const scene = new ReleaseScene();
    const { findings } = await ask(scene);
    expect(findings.filter(({ status }) => status === 'NG')).toEqual([]);
    expect(findings.filter(({ status }) => status === 'SKIP').map(({ check }) => check)).toEqual([
      'secrets-exist',
    ]);
    expect(scene.calls).toEqual([...new Set(scene.calls)]);
    // Image by digest, by tag and the one that runs; manifest, scan, service, tasks, definition, two roles.
    expect(scene.calls).toHaveLength(10);
  });

  it('calls a service that is not there one NG, not ten', async () => {
    const scene = new ReleaseScene();
    const facts = scene.facts();
    scene.services.services.clear();
    const { findings } = await runPreflight(releaseChecks, facts, scene.service.preflight, {
      clock: scene.clock,
      timeout: () => new AbortController().signal,
    });
    expect(findings.filter(({ status }) => status === 'NG').map(({ check }) => check)).toEqual([
      'deployment-controller',
    ]);
    expect(findings.find(({ check }) => check === 'task-size')).toMatchObject({
      status: 'SKIP',
      reason: 'There is no service "shop" to look at',
    });
  });
});
