import type { ServiceRegistry } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeTaskSet } from '../../../simulator/ecs/describe-service.ts';
import { ServiceDiscoveryModel } from '../../../simulator/servicediscovery/model.ts';
import type { DiscoveryService } from '../../../simulator/servicediscovery/state.ts';
import { serverSource } from './ecs-fixture.ts';
import { idleSource, RollingFixture } from './rolling/rolling-fixture.ts';

let fixture: RollingFixture;
let model: ServiceDiscoveryModel;
let namespaceId: string;
beforeEach(() => {
  fixture = new RollingFixture();
  model = new ServiceDiscoveryModel(fixture.world);
  fixture.world.provide('servicediscovery', model);
  const { targets } = model.createNamespace({
    name: 'shop.local',
    type: 'DNS_PRIVATE',
    vpcId: 'vpc-1',
    tags: new Map(),
  });
  namespaceId = targets.NAMESPACE ?? '';
});
afterEach(() => fixture.stop());

const cloudMap = (Type: 'A' | 'SRV' = 'A', checked = true): DiscoveryService =>
  model.createService({
    name: 'web',
    namespaceId,
    creatorRequestId: undefined,
    description: undefined,
    dnsConfig: { DnsRecords: [{ Type, TTL: 60 }] },
    healthCheckConfig: undefined,
    healthCheckCustomConfig: checked ? { FailureThreshold: 1 } : undefined,
    type: undefined,
    tags: new Map(),
  });
const instancesOf = ({ instances }: DiscoveryService) => [...instances.values()];
const app = { containerName: 'app', containerPort: 8080 };

/** The words of the developer guide's "Service discovery" page; values as hashicorp/terraform-provider-aws #4853 shows. */
describe('tasks of a service with a registry', () => {
  it('are its instances while they run', async () => {
    const web = cloudMap();
    const registry = { registryArn: web.arn };
    const taskDefinition = fixture.version('v1');
    const service = fixture.create({ taskDefinition, serviceRegistries: [registry] });
    expect(instancesOf(web)).toEqual([]);
    await fixture.model.serviceIsSteady(service);
    const [task] = fixture.tasks(service);
    expect(instancesOf(web)).toEqual([
      {
        id: task?.id,
        health: 'HEALTHY',
        attributes: {
          AWS_INSTANCE_IPV4: task?.network.privateIp,
          AWS_INIT_HEALTH_STATUS: 'HEALTHY',
          AVAILABILITY_ZONE: 'eu-west-1a',
          REGION: 'eu-west-1',
          ECS_CLUSTER_NAME: 'sample',
          ECS_SERVICE_NAME: 'shop',
          ECS_TASK_DEFINITION_FAMILY: 'shop',
        },
      },
    ]);
    expect(fixture.describe(service).serviceRegistries).toEqual([registry]);

    fixture.update({ taskDefinition: fixture.version('v2') });
    await fixture.model.serviceIsSteady(service);
    const running = fixture.tasks(service).filter(({ isRunning }) => isRunning);
    expect(instancesOf(web).map(({ id }) => id)).toEqual(running.map(({ id }) => id));
    expect(running).not.toContain(task);

    fixture.update({ desiredCount: 0 });
    await fixture.model.serviceIsSteady(service);
    expect(instancesOf(web)).toEqual([]);
  });

  it('have the port that the registry names, and no health where nothing is checked', async () => {
    const web = cloudMap('SRV', false);
    const service = fixture.create({
      taskDefinition: fixture.version('v1', serverSource),
      serviceRegistries: [{ registryArn: web.arn, ...app }],
    });
    await fixture.model.serviceIsSteady(service);
    const [instance] = instancesOf(web);
    expect(instance).toMatchObject({
      attributes: { AWS_INSTANCE_PORT: '8080' },
      health: undefined,
    });
    expect(instance?.attributes).not.toHaveProperty('AWS_INIT_HEALTH_STATUS');
  });

  it('leave a registry that an update takes away', async () => {
    const web = cloudMap();
    const taskDefinition = fixture.version('v1', idleSource);
    const service = fixture.create({
      taskDefinition,
      serviceRegistries: [{ registryArn: web.arn }],
    });
    await fixture.model.serviceIsSteady(service);
    fixture.update({ serviceRegistries: [] });
    await fixture.model.serviceIsSteady(service);
    expect(instancesOf(web)).toEqual([]);
    expect(fixture.describe(service).serviceRegistries).toEqual([]);
  });

  it('are instances under CODE_DEPLOY too, those of a replacement included', async () => {
    const web = cloudMap();
    const taskDefinition = fixture.taskDefinition({ image: fixture.image('v1') });
    const serviceRegistries = [{ registryArn: web.arn }];
    await fixture.listener();
    const service = fixture.create({
      taskDefinition,
      serviceRegistries,
      deploymentController: { type: 'CODE_DEPLOY' },
      loadBalancers: [{ targetGroupArn: fixture.blue.arn, ...app }],
    });
    await fixture.model.serviceIsSteady(service);
    const { id } = fixture.replacement(taskDefinition);
    await fixture.until(() => fixture.view(id)?.runningCount === 1);
    expect(instancesOf(web)).toHaveLength(2);
    expect(fixture.describe(service).serviceRegistries).toEqual(serviceRegistries);
    const replacement = fixture.model.taskSets.get(service, id);
    expect(describeTaskSet(fixture.model, replacement)).toMatchObject({ serviceRegistries });
  });
});

describe('a service is refused', () => {
  const refusal = (serviceRegistries: ServiceRegistry[]) => () =>
    fixture.create({ taskDefinition: fixture.version('v1', serverSource), serviceRegistries });

  it('with a registry that is not there, or several', () => {
    const { arn: registryArn } = cloudMap();
    expect(refusal([{ registryArn: `${registryArn}1` }])).toThrow(/does not exist/);
    expect(refusal([{ registryArn }, { registryArn }])).toThrow(/one service registry/);
  });

  // umotif-public/terraform-aws-ecs-fargate #25
  it('with a port that A records do not need', () => {
    expect(refusal([{ registryArn: cloudMap().arn, ...app }])).toThrow(
      "The values specified for serviceRegistries do not require a value for 'containerPort'. Remove the value and retry.",
    );
  });

  it('without the port that SRV records need, or with one that no container has', () => {
    const { arn: registryArn } = cloudMap('SRV');
    expect(refusal([{ registryArn }])).toThrow(/SRV/);
    expect(refusal([{ registryArn, ...app, port: 80 }])).toThrow(/SRV/);
    expect(refusal([{ registryArn, ...app, containerPort: 81 }])).toThrow(
      'The container app did not have a container port 81 defined.',
    );
  });
});
