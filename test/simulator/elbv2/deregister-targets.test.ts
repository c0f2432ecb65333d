import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let client: ElasticLoadBalancingV2Client;
beforeEach(async () => {
  simulator = await createSimulator();
  client = new ElasticLoadBalancingV2Client({
    endpoint: simulator.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
  });
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

it('lets time jump over the delay of targets that a caller deregisters', async () => {
  const { elbv2 } = simulator.models;
  const group = elbv2.targetGroups.create({
    name: 'shop',
    protocol: 'HTTP',
    port: 8080,
    targetType: 'ip',
  });
  await elbv2.listeners.create({
    loadBalancer: elbv2.loadBalancers.create({ name: 'shop' }),
    port: 80,
    protocol: 'HTTP',
    defaultActions: [{ Type: 'forward', TargetGroupArn: group.arn }],
  });
  const which = { TargetGroupArn: group.arn, Targets: [{ Id: '172.31.0.200' }] };
  await client.send(new RegisterTargetsCommand(which));
  await client.send(new DeregisterTargetsCommand(which));
  const states = async () => {
    const health = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: group.arn }),
    );
    return health.TargetHealthDescriptions?.map(({ TargetHealth }) => TargetHealth?.State) ?? [];
  };
  let seen = await states();
  while (seen.length > 0) seen = await states();
  // The default delay, which is five minutes.
  expect(simulator.world.clock.now() - Date.now()).toBeGreaterThan(290_000);
});
