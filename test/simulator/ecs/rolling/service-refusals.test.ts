import {
  type CreateServiceCommandInput,
  ListServicesByNamespaceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsWire } from '../ecs-wire.ts';
import { RollingFixture } from './rolling-fixture.ts';
import { refused, rollingRequests } from './rolling-requests.ts';

let ecs: EcsWire<RollingFixture>;
let fixture: RollingFixture;
beforeEach(async () => {
  fixture = new RollingFixture();
  ecs = await EcsWire.over(fixture);
});
afterEach(() => ecs.stop());

const { completed, create, update } = rollingRequests(() => ecs);

describe('rolling services over the API', () => {
  it.each<[string, Partial<CreateServiceCommandInput>, string, string]>([
    [
      'a launch type and a strategy',
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }] },
      'InvalidParameterException',
      'Specifying both a launch type and capacity provider strategy is not supported.',
    ],
    [
      'DAEMON scheduling on instances',
      { schedulingStrategy: 'DAEMON', launchType: 'EC2' },
      'UnsupportedFeatureException',
      'Not simulated: scheduling strategy DAEMON (only REPLICA)',
    ],
    [
      'a strategy of strangers',
      {
        launchType: undefined,
        capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
      },
      'InvalidParameterException',
      'not associated with the cluster',
    ],
    [
      'bounds that block every deployment',
      { deploymentConfiguration: { maximumPercent: 100 } },
      'InvalidParameterException',
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    ],
    [
      'native blue/green',
      { deploymentConfiguration: { strategy: 'BLUE_GREEN' } },
      'UnsupportedFeatureException',
      'deployment strategy BLUE_GREEN',
    ],
    [
      'Availability Zone rebalancing',
      { availabilityZoneRebalancing: 'ENABLED' },
      'UnsupportedFeatureException',
      'availabilityZoneRebalancing',
    ],
    [
      'placement strategies',
      { placementStrategy: [{ type: 'spread', field: 'host' }] },
      'InvalidParameterException',
      'Placement strategies are not supported with FARGATE launch type.',
    ],
    [
      'DAEMON scheduling',
      { schedulingStrategy: 'DAEMON' },
      'InvalidParameterException',
      'DAEMON scheduling strategy',
    ],
    [
      'Service Connect',
      { serviceConnectConfiguration: { enabled: true } },
      'UnsupportedFeatureException',
      'serviceConnectConfiguration',
    ],
  ])('are refused with %s', async (_name, more, name, message) => {
    await expect(create(more)).rejects.toMatchObject(refused(name, message));
    expect(fixture.model.services.all()).toEqual([]);
  });

  it('do not move to another controller', async () => {
    await completed();
    await expect(update({ deploymentController: { type: 'CODE_DEPLOY' } })).rejects.toMatchObject(
      refused('UnsupportedFeatureException', 'migration to the CODE_DEPLOY deployment controller'),
    );
  });

  it('are not listed by namespace', async () => {
    await expect(
      ecs.client.send(new ListServicesByNamespaceCommand({ namespace: 'shop' })),
    ).rejects.toMatchObject({ message: expect.stringContaining('ListServicesByNamespace') });
  });
});
