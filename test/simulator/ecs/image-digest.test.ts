import { afterEach, expect, it } from 'vitest';
import { EcsFixture } from './ecs-fixture.ts';

let fixture: EcsFixture;
afterEach(() => fixture.stop());

const platformDigest = `sha256:${'b'.repeat(64)}`;

it.each(['index', 'platform'] as const)(
  'indexImageDigest %s is what a container of an index shows',
  async (indexImageDigest) => {
    fixture = new EcsFixture({ indexImageDigest });
    const image = fixture.image('v1', { platformDigest });
    const service = fixture.service(fixture.taskDefinition({ image }));
    await fixture.until(() =>
      fixture.tasks(service).some(({ containers }) => containers[0]?.imageDigest !== undefined),
    );
    const [task] = fixture.tasks(service);
    const own = `sha256:${Buffer.from('v1').toString('hex').padEnd(64, '0')}`;
    expect(task?.containers[0]?.imageDigest).toBe(
      indexImageDigest === 'index' ? own : platformDigest,
    );
  },
);
