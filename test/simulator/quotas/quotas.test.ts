import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Quotas } from '../../../simulator/quotas/quotas.ts';
import { requestQuotas } from '../../../simulator/quotas/request-quotas.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

let simulator: Simulator;
let ecs: ECSClient;
beforeEach(async () => {
  simulator = await createSimulator({ time: 'stepped', startMs: Date.UTC(2026, 0, 1) });
  ecs = new ECSClient({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
    maxAttempts: 1,
  });
});
afterEach(async () => {
  ecs.destroy();
  await simulator.stop();
});

const register = () =>
  ecs
    .send(
      new RegisterTaskDefinitionCommand({
        family: 'f',
        containerDefinitions: [{ name: 'c', image: 'i', memory: 128 }],
      }),
    )
    .then(
      () => 'ok',
      (error: Error) => `${error.name}: ${error.message}`,
    );
const times = async (count: number) => {
  const outcomes: string[] = [];
  for (let call = 0; call < count; call++) outcomes.push(await register());
  return outcomes;
};
const throttled = 'ThrottlingException: Rate exceeded';

it('a burst of twenty registrations passes, then one each second of virtual time', async () => {
  expect(await times(22)).toEqual([...Array(20).fill('ok'), throttled, throttled]);
  await simulator.world.clock.advanceTo(simulator.world.clock.now() + 2_000);
  expect(await times(3)).toEqual(['ok', 'ok', throttled]);
  await simulator.world.clock.advanceTo(simulator.world.clock.now() + 3_600_000);
  expect((await times(21)).filter((outcome) => outcome === 'ok')).toHaveLength(20);
});

it('the setting lets all through, while it runs', async () => {
  await fetch(`${simulator.endpoint}/_greengate/settings`, {
    method: 'PUT',
    body: '{"requestQuotas":false}',
  });
  expect(new Set(await times(25))).toEqual(new Set(['ok']));
});

it('operations of one bucket share it, those of others do not', () => {
  const world = createTestWorld({ settings: { requestQuotas: true } });
  const quotas = new Quotas(world.clock, world.settings);
  for (let call = 0; call < 20; call++) {
    quotas.admit('ecs', call % 2 === 0 ? 'RegisterTaskDefinition' : 'DeregisterTaskDefinition');
  }
  expect(() => quotas.admit('ecs', 'RegisterTaskDefinition')).toThrow('Rate exceeded');
  expect(() => quotas.admit('ecs', 'DescribeTaskDefinition')).not.toThrow();
  expect(() => quotas.admit('codedeploy', 'CreateDeployment')).not.toThrow();
  world.clock.stop();
});

it('each operation belongs to one bucket', () => {
  const named = requestQuotas.flatMap(({ service, operations }) =>
    operations instanceof RegExp ? [] : operations.map((operation) => `${service}:${operation}`),
  );
  expect(named).toEqual([...new Set(named)]);
  const patterns = requestQuotas.filter(({ operations }) => operations instanceof RegExp);
  for (const { service, operations } of patterns) {
    expect(
      named.filter(
        (name) =>
          name.startsWith(`${service}:`) && (operations as RegExp).test(name.split(':')[1] ?? ''),
      ),
    ).toEqual([]);
  }
});

it.each([
  ['cloudwatch', ['PutMetricAlarm'], 3, 'DescribeAlarms'],
  ['cloudwatch', ['DescribeAlarms'], 9, 'PutMetricAlarm'],
  ['lambda', ['CreateFunction', 'PublishVersion', 'ListTags'], 15, 'GetFunction'],
  ['ssm', ['GetParameter', 'GetParameters', 'GetParametersByPath'], 40, 'PutParameter'],
  ['ecr', ['PutImage'], 10, 'InitiateLayerUpload'],
] as const)(
  '%s lets %j pass %d times in a second together',
  (service, operations, count, other) => {
    const world = createTestWorld({ settings: { requestQuotas: true } });
    const quotas = new Quotas(world.clock, world.settings);
    const call = (turn: number) =>
      quotas.admit(service, operations[turn % operations.length] ?? '');
    for (let turn = 0; turn < count; turn++) call(turn);
    for (const turn of operations.keys()) expect(() => call(turn)).toThrow(/rate exceeded/i);
    expect(() => quotas.admit(service, other)).not.toThrow();
    world.clock.stop();
  },
);

it('invocations are no requests of the control plane', () => {
  const world = createTestWorld({ settings: { requestQuotas: true } });
  const quotas = new Quotas(world.clock, world.settings);
  for (let call = 0; call < 100; call++) quotas.admit('lambda', 'Invoke');
  expect(() => quotas.admit('lambda', 'ListFunctions')).not.toThrow();
  world.clock.stop();
});
