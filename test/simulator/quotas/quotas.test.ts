import { rmSync } from 'node:fs';
import { ECSClient, RegisterTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import type { Clock } from '../../../simulator/core/clock.ts';
import { defaultSettings } from '../../../simulator/core/settings.ts';
import { buildModels, wireServices } from '../../../simulator/models.ts';
import { Quotas } from '../../../simulator/quotas/quotas.ts';
import { requestQuotasIn } from '../../../simulator/quotas/request-quotas.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

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

/** The quotas of us-east-1 on a clock that stands where it is put. */
function quotasAt(startMs = 0) {
  const time = { nowMs: startMs };
  const clock = { now: () => time.nowMs } as Clock;
  const settings = { ...defaultSettings, requestQuotas: true };
  return { time, quotas: new Quotas(clock, settings, 'us-east-1') };
}

const requestQuotas = requestQuotasIn('us-east-1');

it('operations of one bucket share it, those of others do not', () => {
  const { quotas } = quotasAt();
  for (let call = 0; call < 20; call++) {
    quotas.admit('ecs', call % 2 === 0 ? 'RegisterTaskDefinition' : 'DeregisterTaskDefinition');
  }
  expect(() => quotas.admit('ecs', 'RegisterTaskDefinition')).toThrow('Rate exceeded');
  expect(() => quotas.admit('ecs', 'DescribeTaskDefinition')).not.toThrow();
  expect(() => quotas.admit('codedeploy', 'CreateDeployment')).not.toThrow();
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
  ['sfn', ['SendTaskSuccess'], 3_000, 'SendTaskFailure'],
  ['sfn', ['DescribeExecution'], 300, 'DescribeStateMachine'],
  ['sfn', ['ListExecutions'], 200, 'ListStateMachines'],
  ['sfn', ['RedriveExecution'], 1_300, 'StartExecution'],
  ['eventbridge', ['PutRule', 'PutTargets', 'ListRules'], 50, 'PutEvents'],
  ['sns', ['Subscribe'], 100, 'Unsubscribe'],
  ['sns', ['ListTopics'], 30, 'ListSubscriptions'],
  ['sns', ['TagResource'], 10, 'Publish'],
  ['secrets-manager', ['DescribeSecret', 'GetSecretValue'], 10_000, 'ListSecrets'],
  ['secrets-manager', ['PutSecretValue', 'UpdateSecret'], 50, 'CreateSecret'],
  ['secrets-manager', ['ListSecrets'], 100, 'ListSecretVersionIds'],
  ['sts', ['AssumeRole', 'GetCallerIdentity'], 600, 'AssumeRoleWithWebIdentity'],
  ['cloudwatch-logs', ['FilterLogEvents'], 25, 'GetLogEvents'],
  ['cloudwatch-logs', ['CreateLogGroup'], 10, 'CreateLogStream'],
  ['ec2', ['DescribeSubnets'], 100, 'DescribeVpcs'],
  ['ec2', ['CreateSubnet'], 50, 'CreateVpc'],
  ['ec2', ['CreateVpcEndpoint'], 4, 'DeleteVpcEndpoints'],
  ['elastic-load-balancing-v2', ['DescribeRules', 'DescribeTags'], 40, 'CreateRule'],
  ['elastic-load-balancing-v2', ['CreateRule', 'ModifyListener', 'AddTags'], 20, 'RegisterTargets'],
  ['elastic-load-balancing-v2', ['RegisterTargets', 'DeregisterTargets'], 20, 'ModifyRule'],
  ['elastic-load-balancing-v2', ['CreateLoadBalancer', 'SetSubnets'], 10, 'DeleteLoadBalancer'],
  ['acm', ['ListCertificates'], 8, 'DescribeCertificate'],
  ['acm', ['ImportCertificate'], 1, 'RequestCertificate'],
  ['sns', ['CreateTopic'], 3_000, 'DeleteTopic'],
] as const)(
  '%s lets %j pass %d times in a second together',
  (service, operations, count, other) => {
    const { quotas } = quotasAt();
    const call = (turn: number) =>
      quotas.admit(service, operations[turn % operations.length] ?? '');
    for (let turn = 0; turn < count; turn++) call(turn);
    for (const turn of operations.keys())
      expect(() => call(turn)).toThrow(/rate exceeded|limit exceeded/i);
    expect(() => quotas.admit(service, other)).not.toThrow();
  },
);

it('invocations are no requests of the control plane', () => {
  const { quotas } = quotasAt();
  for (let call = 0; call < 100; call++) quotas.admit('lambda', 'Invoke');
  expect(() => quotas.admit('lambda', 'ListFunctions')).not.toThrow();
});

it.each([
  ['sfn', 'DescribeExecution', 300, 15],
  ['sfn', 'CreateStateMachine', 100, 1],
  ['sfn', 'StopExecution', 1_000, 200],
  ['ec2', 'DescribeSubnets', 100, 20],
  ['ec2', 'CreateNatGateway', 10, 1],
  ['eventbridge', 'PutRule', 50, 50],
  ['elastic-load-balancing-v2', 'ModifyListener', 20, 3],
  ['elastic-load-balancing-v2', 'CreateLoadBalancer', 10, 0],
] as const)(
  '%s refills %s, empty after %d, with %d a second',
  (service, operation, burst, perSecond) => {
    const { time, quotas } = quotasAt();
    const admitted = () => {
      let count = 0;
      try {
        for (;;) {
          quotas.admit(service, operation);
          count++;
        }
      } catch {
        return count;
      }
    };
    expect(admitted()).toBe(burst);
    time.nowMs = 1_000;
    expect(admitted()).toBe(perSecond);
  },
);

it('an endpoint more is to be had after ten seconds, three more', () => {
  const { time, quotas } = quotasAt();
  const create = () => quotas.admit('ec2', 'CreateVpcEndpoint');
  for (let call = 0; call < 4; call++) create();
  time.nowMs = 3_000;
  expect(create).toThrow('Request limit exceeded.');
  time.nowMs = 10_000;
  for (let call = 0; call < 3; call++) create();
  expect(create).toThrow('Request limit exceeded.');
});

it.each([
  // re:Post, "SNS ThrottlingException errors" and "IAM and AWS STS Rate exceeded errors"; EC2 API throttling.
  ['sns', 'ListTopics', 30, 'ThrottlingException', 400],
  ['sts', 'GetCallerIdentity', 600, 'Throttling', 400],
  ['ec2', 'CreateNatGateway', 10, 'RequestLimitExceeded', 503],
] as const)('%s refuses in its own words', (service, operation, count, code, status) => {
  const { quotas } = quotasAt();
  for (let call = 0; call < count; call++) quotas.admit(service, operation);
  expect(() => quotas.admit(service, operation)).toThrow(
    expect.objectContaining({ code, status }) as Error,
  );
});

it('every operation of the simulated EC2 API has a bucket', () => {
  const { world } = buildWorld({});
  const ec2 = wireServices(buildModels(world), world).find(({ name }) => name === 'ec2');
  world.clock.stop();
  rmSync(world.directory, { recursive: true, force: true });
  const named = requestQuotas
    .filter(({ service }) => service === 'ec2')
    .flatMap(({ operations }) => (operations instanceof RegExp ? [] : operations));
  expect([...named].sort()).toEqual(Object.keys(ec2?.operations ?? {}).sort());
});
