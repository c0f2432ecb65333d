import { describe, expect, it, vi } from 'vitest';
import { InvalidConfigError, TransientAwsError } from '../../../functions/core/errors.ts';
import {
  patienceMs,
  registerTaskDefinition,
} from '../../../functions/register-task-definition/step.ts';
import {
  configOf,
  digestOf,
  execution,
  release,
  releaseRequest,
} from '../../support/builders/releases.ts';
import { FakeClock } from '../../support/fakes/fake-clock.ts';
import {
  codeDeployService,
  FakeEcsServices,
  taskSet,
} from '../../support/fakes/fake-ecs-services.ts';
import { FakeLog } from '../../support/fakes/fake-log.ts';
import { FakeRecords } from '../../support/fakes/fake-records.ts';
import { FakeTaskDefinitions } from '../../support/fakes/fake-task-definitions.ts';

const document = {
  family: 'shop',
  cpu: '256',
  containerDefinitions: [
    { name: 'app', image: 'public.example/starter:1', memberOfTomorrow: true },
    { name: 'sidecar', image: 'team/proxy:v9' },
  ],
  memberOfTomorrow: { kept: true },
};
const tags = [{ key: 'team', value: 'shop' }];

const throttled = new TransientAwsError('Rate exceeded', { details: { throttled: true } });

function prepare() {
  const taskDefinitions = new FakeTaskDefinitions();
  const running = taskDefinitions.add(document, [
    ...tags,
    { key: 'aws:cloudformation:stack-name', value: 'Sample' },
  ]);
  const services = new FakeEcsServices();
  const run = (taskDefinitionArn: string) =>
    services.services.set('prod/shop', codeDeployService([taskSet({ taskDefinitionArn })]));
  run(running);
  const deps = {
    config: configOf(),
    services,
    taskDefinitions,
    records: new FakeRecords(),
    clock: new FakeClock(),
    signal: new AbortController().signal,
    timeout: (_ms: number) => new AbortController().signal,
    log: new FakeLog(),
  };
  const register = (digit = '2') =>
    registerTaskDefinition(
      { release: release({ digest: digestOf(digit) }), execution: execution() },
      deps,
    );
  return { deps, taskDefinitions, running, run, register };
}

describe('registerTaskDefinition', () => {
  it('registers the running revision with the image of the release and nothing else changed', async () => {
    const { taskDefinitions, running, register } = prepare();
    expect(await register()).toEqual({
      taskDefinitionArn: running.replace(/:1$/, ':2'),
      strategy: 'codedeploy',
      reused: false,
    });
    expect(taskDefinitions.registered).toEqual([
      {
        document: {
          ...document,
          containerDefinitions: [
            {
              name: 'app',
              image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digestOf('2')}`,
              memberOfTomorrow: true,
            },
            document.containerDefinitions[1],
          ],
        },
        tags,
      },
    ]);
  });

  it('reuses its own revision when it runs again', async () => {
    const { taskDefinitions, register } = prepare();
    const first = await register();
    expect(await register()).toEqual({ ...first, reused: true });
    expect(taskDefinitions.registered).toHaveLength(1);
  });

  it('reuses the running revision when that is what is wanted', async () => {
    const { run, register } = prepare();
    const { taskDefinitionArn } = await register();
    run(taskDefinitionArn);
    expect(await register()).toEqual({
      taskDefinitionArn,
      strategy: 'codedeploy',
      reused: true,
    });
  });

  it('starts from what runs, not from the latest revision of the family', async () => {
    const { taskDefinitions, register } = prepare();
    taskDefinitions.add({ ...document, cpu: '4096' }, tags);
    await register();
    expect(taskDefinitions.registered[0]?.document.cpu).toBe('256');
  });

  it('registers anew when the identical revision is no longer ACTIVE', async () => {
    const { taskDefinitions, register } = prepare();
    const { taskDefinitionArn } = await register();
    taskDefinitions.deregister(taskDefinitionArn);
    expect(await register()).toMatchObject({ reused: false });
  });

  it('registers anew when only the tags differ', async () => {
    const { taskDefinitions, register } = prepare();
    await register();
    const [registered] = taskDefinitions.registered;
    const { taskDefinitionArn } = await register();
    taskDefinitions.deregister(taskDefinitionArn);
    taskDefinitions.add(registered?.document ?? {}, [{ key: 'team', value: 'cart' }]);
    expect(await register()).toMatchObject({ reused: false });
  });

  it('repeats a registration that is throttled, and nothing before it', async () => {
    const { deps, taskDefinitions, register } = prepare();
    const accept = taskDefinitions.register.bind(taskDefinitions);
    const listed = vi.spyOn(taskDefinitions, 'listActiveRevisions');
    let refusals = 2;
    taskDefinitions.register = (...given) =>
      refusals-- > 0 ? Promise.reject(throttled) : accept(...given);

    expect(await register()).toMatchObject({ reused: false });

    expect(deps.clock.sleeps).toHaveLength(2);
    expect(listed).toHaveBeenCalledTimes(1);
    expect(taskDefinitions.registered).toHaveLength(1);
  });

  it('does not repeat a registration that may have had its effect', async () => {
    const { deps, taskDefinitions, register } = prepare();
    const accept = taskDefinitions.register.bind(taskDefinitions);
    taskDefinitions.register = async (...given) => {
      await accept(...given);
      throw new TransientAwsError('ecs:RegisterTaskDefinition failed for now: socket hang up');
    };

    await expect(register()).rejects.toThrow('socket hang up');

    expect(deps.clock.sleeps).toEqual([]);
    expect(taskDefinitions.registered).toHaveLength(1);
  });

  it('leaves a registration that stays throttled to the workflow', async () => {
    const { taskDefinitions, register, deps } = prepare();
    deps.timeout = (ms) => {
      expect(ms).toBe(patienceMs);
      return AbortSignal.abort();
    };
    taskDefinitions.register = () => Promise.reject(throttled);
    await expect(register()).rejects.toBe(throttled);
  });

  it('refuses a container that the task definition has not, and records it', async () => {
    const { deps, taskDefinitions, run, register } = prepare();
    run(taskDefinitions.add({ family: 'shop', containerDefinitions: [{ name: 'web' }] }));
    await expect(register()).rejects.toThrow(
      new InvalidConfigError(
        'Container "app" is not in task definition family "shop", it has: web',
      ),
    );
    expect(taskDefinitions.registered).toEqual([]);
    expect(deps.records.stored(`pushes/${releaseRequest().eventId}/shop.json`)).toMatchObject({
      outcome: 'failed',
      reason: 'Container "app" is not in task definition family "shop", it has: web',
    });
  });
});
