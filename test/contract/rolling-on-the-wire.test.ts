import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOptions } from '../../cli/rehearsal/stage.ts';
import { ecsServiceDeployments } from '../../functions/adapters/ecs-service-deployments.ts';
import { ecsServices } from '../../functions/adapters/ecs-services.ts';
import { elbv2ProductionListeners } from '../../functions/adapters/elbv2.ts';
import { type OpenSample, openSample } from '../support/simulator/open-sample.ts';

const limitMs = 120_000;
const cluster = 'greengate-sample';
let sample: OpenSample;

beforeAll(async () => {
  const target = { strategy: 'ecs-rolling', cluster, service: 'shop', container: 'app' } as const;
  sample = await openSample({ target: { ...target, circuitBreaker: true, bakeMinutes: 0 } });
}, limitMs);

afterAll(() => sample?.stop());

const options = () => clientOptions(sample.simulator);
const services = () => ecsServices(new ECSClient(options()));
const rollouts = () => ecsServiceDeployments(new ECSClient(options()));

describe('the ports of rolling updates against the AWS protocols', { timeout: limitMs }, () => {
  it('ECS: describes how the controller deploys the service', async () => {
    const service = await services().describeService(cluster, 'shop');
    expect(service).toMatchObject({
      deploymentController: 'ECS',
      rolling: {
        strategy: 'ROLLING',
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        circuitBreaker: { enable: true, rollback: true },
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2 }],
      },
    });
  });

  it('ELBv2: finds the listeners that forward to the service, with production among them', async () => {
    const service = await services().describeService(cluster, 'shop');
    const [group = ''] = service?.rolling?.targetGroupArns ?? [];
    const listeners = elbv2ProductionListeners(new ElasticLoadBalancingV2Client(options()));
    const found = await listeners.forwardingTo(group);
    expect(found.map(({ port }) => port)).toContain(80);
    expect(found.every(({ forwardings }) => (forwardings[0]?.weights[group] ?? 0) > 0)).toBe(true);
  });

  it('ECS: starts a rollout with the percentages asked for, has it rolled back, and follows it', async () => {
    const before = await services().describeService(cluster, 'shop');
    const [serving] = before?.rolling?.deployments ?? [];
    const taskDefinitionArn = serving?.taskDefinitionArn ?? '';
    const startedAtMs = sample.simulator.world.clock.now();
    const request = { cluster, service: 'shop', taskDefinitionArn, circuitBreaker: true } as const;
    await rollouts().start({ ...request, minimumHealthyPercent: 50 });

    const [started, ...older] = await rollouts().list(cluster, 'shop', startedAtMs);
    expect(started).toMatchObject({ taskDefinitionArn, rollback: undefined });
    expect(older).toEqual([]);
    const after = await services().describeService(cluster, 'shop');
    expect(after?.rolling).toMatchObject({
      minimumHealthyPercent: 50,
      maximumPercent: 200,
      circuitBreaker: { enable: true, rollback: true },
    });

    const arn = started?.arn ?? '';
    await expect(rollouts().stop(arn)).resolves.toBe('stopping');
    await sample.simulator.world.clock.sleep(600_000);
    await expect(rollouts().get(arn)).resolves.toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
    await expect(rollouts().stop(arn)).resolves.toBe('already-completed');
  });

  it('ECS: knows no rollout that is not there, and says which service it lacks', async () => {
    const arn = `arn:aws:ecs:us-east-1:123456789012:service-deployment/${cluster}/shop/none`;
    await expect(rollouts().get(arn)).resolves.toBeUndefined();
    await expect(rollouts().list(cluster, 'none', 0)).rejects.toMatchObject({
      name: 'RequestRefusedError',
      message: expect.stringContaining(`${cluster}/none`),
    });
  });
});
