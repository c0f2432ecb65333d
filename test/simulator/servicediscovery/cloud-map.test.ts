import {
  CreateHttpNamespaceCommand,
  CreatePrivateDnsNamespaceCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DeleteNamespaceCommand,
  DeleteServiceCommand,
  DiscoverInstancesCommand,
  type DiscoverInstancesCommandInput,
  GetInstanceCommand,
  GetNamespaceCommand,
  GetOperationCommand,
  GetServiceCommand,
  ListInstancesCommand,
  ListNamespacesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ServiceDiscoveryClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdatePrivateDnsNamespaceCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-servicediscovery';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceDiscoveryModel } from '../../../simulator/servicediscovery/model.ts';
import { serviceDiscoveryWire } from '../../../simulator/servicediscovery/wire.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';
import { type ServedWire, serveWire } from '../../support/simulator/serve-wire.ts';

let model: ServiceDiscoveryModel;
let server: ServedWire;
let client: ServiceDiscoveryClient;
beforeEach(async () => {
  const world = createTestWorld({ settings: { checkResponses: true } });
  model = new ServiceDiscoveryModel(world);
  server = await serveWire(world, [serviceDiscoveryWire(model, world)]);
  // DiscoverInstances goes to `data-` before the host, which loopback has not.
  client = new ServiceDiscoveryClient({ ...server.client, disableHostPrefix: true });
});
afterEach(async () => {
  client.destroy();
  await server.stop();
});

const operation = async (OperationId: string | undefined) =>
  (await client.send(new GetOperationCommand({ OperationId }))).Operation;

async function privateNamespace(Name = 'shop.local', Vpc = 'vpc-1'): Promise<string> {
  const { OperationId } = await client.send(new CreatePrivateDnsNamespaceCommand({ Name, Vpc }));
  return (await operation(OperationId))?.Targets?.NAMESPACE ?? '';
}

async function httpNamespace(Name = 'shop'): Promise<string> {
  const { OperationId } = await client.send(new CreateHttpNamespaceCommand({ Name }));
  return (await operation(OperationId))?.Targets?.NAMESPACE ?? '';
}

const service = async (input: CreateServiceCommandInput) =>
  (await client.send(new CreateServiceCommand(input))).Service;

const A = { DnsRecords: [{ Type: 'A' as const, TTL: 60 }] };

describe('namespaces', () => {
  it('are made by an operation that names them', async () => {
    const { OperationId } = await client.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'shop.local', Vpc: 'vpc-1', Description: 'd' }),
    );
    const made = await operation(OperationId);
    expect(made).toMatchObject({ Id: OperationId, Type: 'CREATE_NAMESPACE', Status: 'SUCCESS' });
    const Id = made?.Targets?.NAMESPACE;
    const { Namespace } = await client.send(new GetNamespaceCommand({ Id }));
    expect(Namespace).toMatchObject({
      Id: expect.stringMatching(/^ns-[a-z0-9]{16}$/),
      Arn: `arn:aws:servicediscovery:eu-west-1:111122223333:namespace/${Id}`,
      Name: 'shop.local',
      Type: 'DNS_PRIVATE',
      Description: 'd',
      ServiceCount: 0,
      Properties: {
        DnsProperties: { HostedZoneId: expect.stringMatching(/^Z[0-9A-Z]+$/) },
        HttpProperties: { HttpName: 'shop.local' },
      },
    });
    const { Namespace: byArn } = await client.send(new GetNamespaceCommand({ Id: Namespace?.Arn }));
    expect(byArn).toEqual(Namespace);
  });

  it('of one name cannot share a VPC: the operation fails', async () => {
    await privateNamespace();
    const { OperationId } = await client.send(
      new CreatePrivateDnsNamespaceCommand({ Name: 'shop.local', Vpc: 'vpc-1' }),
    );
    expect(await operation(OperationId)).toMatchObject({
      Status: 'FAIL',
      ErrorCode: 'CANNOT_CREATE_HOSTED_ZONE',
      ErrorMessage: expect.stringContaining('The VPC vpc-1 in region eu-west-1 has already been'),
      Targets: {},
    });
    expect(await privateNamespace('shop.local', 'vpc-2')).not.toBe('');
  });

  it('that only the API knows have a name once; a request made again is answered as before', async () => {
    const again = new CreateHttpNamespaceCommand({ Name: 'shop', CreatorRequestId: 'once' });
    const { OperationId } = await client.send(again);
    expect((await client.send(again)).OperationId).toBe(OperationId);
    await expect(httpNamespace()).rejects.toMatchObject({
      name: 'NamespaceAlreadyExists',
      CreatorRequestId: 'once',
    });
  });

  it('are listed by type and name, page by page', async () => {
    const [, http] = [await privateNamespace(), await httpNamespace()];
    const list = async (Filters: { Name: 'TYPE' | 'NAME'; Values: string[] }[]) =>
      (await client.send(new ListNamespacesCommand({ Filters }))).Namespaces?.map(({ Id }) => Id);
    expect(await list([{ Name: 'TYPE', Values: ['HTTP'] }])).toEqual([http]);
    expect(await list([{ Name: 'NAME', Values: ['none'] }])).toEqual([]);
    const first = await client.send(new ListNamespacesCommand({ MaxResults: 1 }));
    const { NextToken } = first;
    const rest = await client.send(new ListNamespacesCommand({ MaxResults: 1, NextToken }));
    expect(rest.Namespaces?.map(({ Id }) => Id)).toEqual([http]);
    expect(rest.NextToken).toBeUndefined();
  });

  it('change their description and time to live, and go once they are empty', async () => {
    const Id = await privateNamespace();
    const Properties = { DnsProperties: { SOA: { TTL: 30 } } };
    await client.send(
      new UpdatePrivateDnsNamespaceCommand({ Id, Namespace: { Description: 'new', Properties } }),
    );
    const { Namespace } = await client.send(new GetNamespaceCommand({ Id }));
    expect(Namespace).toMatchObject({ Description: 'new', Properties });
    const web = await service({ Name: 'web', NamespaceId: Id, DnsConfig: A });
    const remove = () => client.send(new DeleteNamespaceCommand({ Id }));
    await expect(remove()).rejects.toMatchObject({ name: 'ResourceInUse' });
    await client.send(new DeleteServiceCommand({ Id: web?.Id }));
    expect(await operation((await remove()).OperationId)).toMatchObject({ Status: 'SUCCESS' });
    await expect(client.send(new GetNamespaceCommand({ Id }))).rejects.toMatchObject({
      name: 'NamespaceNotFound',
    });
  });
});

describe('services', () => {
  it('show their records and checks', async () => {
    const NamespaceId = await privateNamespace();
    const made = await service({
      Name: 'web',
      DnsConfig: { NamespaceId, ...A },
      HealthCheckCustomConfig: { FailureThreshold: 7 },
    });
    expect(made).toMatchObject({
      Id: expect.stringMatching(/^srv-[a-z0-9]{16}$/),
      Arn: `arn:aws:servicediscovery:eu-west-1:111122223333:service/${made?.Id}`,
      NamespaceId,
      Type: 'DNS_HTTP',
      InstanceCount: 0,
      DnsConfig: { NamespaceId, RoutingPolicy: 'MULTIVALUE', ...A },
      HealthCheckCustomConfig: { FailureThreshold: 1 },
    });
    await client.send(
      new UpdateServiceCommand({
        Id: made?.Id,
        Service: { Description: 'b', DnsConfig: { DnsRecords: [{ Type: 'A', TTL: 5 }] } },
      }),
    );
    const { Service } = await client.send(new GetServiceCommand({ Id: made?.Arn }));
    expect(Service).toMatchObject({ Description: 'b', DnsConfig: { DnsRecords: [{ TTL: 5 }] } });
    const Filters = [{ Name: 'NAMESPACE_ID' as const, Values: [NamespaceId] }];
    const { Services } = await client.send(new ListServicesCommand({ Filters }));
    expect(Services?.map(({ Name }) => Name)).toEqual(['web']);
  });

  it('have one name in a namespace, whatever its case where DNS answers it; others stay as they are', async () => {
    const [NamespaceId, http] = [await privateNamespace(), await httpNamespace()];
    await service({ Name: 'web', NamespaceId, DnsConfig: A });
    await expect(service({ Name: 'Web', NamespaceId, DnsConfig: A })).rejects.toMatchObject({
      name: 'ServiceAlreadyExists',
    });
    const known = await service({ Name: 'web', NamespaceId: http });
    const update = client.send(new UpdateServiceCommand({ Id: known?.Id, Service: {} }));
    await expect(update).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(await service({ Name: 'Web', NamespaceId: http })).toMatchObject({ Type: 'HTTP' });
  });

  it.each<[string, Partial<CreateServiceCommandInput>]>([
    ['no records in a DNS namespace', {}],
    ['records for the API only', { Type: 'HTTP', DnsConfig: A }],
    [
      'a check from outside of what is private',
      { DnsConfig: A, HealthCheckConfig: { Type: 'TCP' } },
    ],
    [
      'a lone CNAME with several answers',
      { DnsConfig: { DnsRecords: [{ Type: 'CNAME', TTL: 1 }] } },
    ],
    ['a name with a blank', { Name: 'a b', DnsConfig: A }],
  ])('are refused with %s', async (_what, more) => {
    const NamespaceId = await privateNamespace();
    await expect(service({ Name: 'web', NamespaceId, ...more })).rejects.toMatchObject({
      name: 'InvalidInput',
    });
  });

  it('need a namespace that is there', async () => {
    await expect(service({ Name: 'web', NamespaceId: 'ns-1' })).rejects.toMatchObject({
      name: 'NamespaceNotFound',
    });
  });
});

describe('instances', () => {
  const attributes = { AWS_INSTANCE_IPV4: '10.0.0.4', zone: 'a' };

  async function registered() {
    const NamespaceId = await privateNamespace();
    const made = await service({
      Name: 'web',
      NamespaceId,
      DnsConfig: A,
      HealthCheckCustomConfig: {},
    });
    const arn = made?.Arn ?? '';
    model.registerInstance(arn, { id: 'one', attributes, health: 'HEALTHY' });
    const other = { ...attributes, zone: 'b' };
    model.registerInstance(arn, { id: 'two', attributes: other, health: 'UNHEALTHY' });
    return { arn, ServiceId: made?.Id };
  }
  const discover = async (input: Partial<DiscoverInstancesCommandInput>) => {
    const command = { NamespaceName: 'shop.local', ServiceName: 'web', ...input };
    const { Instances } = await client.send(new DiscoverInstancesCommand(command));
    return Instances?.map(({ InstanceId }) => InstanceId);
  };

  it('are listed, shown and keep their service', async () => {
    const { arn, ServiceId } = await registered();
    const { Instances } = await client.send(new ListInstancesCommand({ ServiceId }));
    expect(Instances?.[0]).toMatchObject({ Id: 'one', Attributes: attributes });
    const { Instance } = await client.send(
      new GetInstanceCommand({ ServiceId, InstanceId: 'two' }),
    );
    expect(Instance).toMatchObject({ Id: 'two', Attributes: { zone: 'b' } });
    const get = client.send(new GetInstanceCommand({ ServiceId, InstanceId: 'three' }));
    await expect(get).rejects.toMatchObject({ name: 'InstanceNotFound' });
    const remove = () => client.send(new DeleteServiceCommand({ Id: ServiceId }));
    await expect(remove()).rejects.toMatchObject({
      name: 'ResourceInUse',
      message:
        'Service contains registered instances; delete the instances before deleting the service',
    });
    for (const id of ['one', 'two']) model.deregisterInstance(arn, id);
    await remove();
  });

  it('are discovered by health and attributes', async () => {
    await registered();
    expect(await discover({})).toEqual(['one', 'two']);
    expect(await discover({ MaxResults: 1 })).toEqual(['one']);
    expect(await discover({ HealthStatus: 'HEALTHY' })).toEqual(['one']);
    expect(await discover({ QueryParameters: { zone: 'b' } })).toEqual(['two']);
    const failing = {
      QueryParameters: { zone: 'b' },
      HealthStatus: 'HEALTHY_OR_ELSE_ALL' as const,
    };
    expect(await discover(failing)).toEqual(['two']);
    expect(await discover({ OptionalParameters: { zone: 'b' } })).toEqual(['two']);
    expect(await discover({ OptionalParameters: { zone: 'c' } })).toEqual(['one', 'two']);
    const missing = discover({ ServiceName: 'none' });
    await expect(missing).rejects.toMatchObject({ name: 'ServiceNotFound' });
  });
});

it('namespaces and services have tags', async () => {
  const NamespaceId = await privateNamespace();
  const Tags = [{ Key: 'team', Value: 'web' }];
  const made = await service({ Name: 'web', NamespaceId, DnsConfig: A, Tags });
  const ResourceARN = made?.Arn;
  const added = [{ Key: 'stage', Value: 'test' }];
  await client.send(new TagResourceCommand({ ResourceARN, Tags: added }));
  await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }));
  const list = (arn: string | undefined) =>
    client.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
  expect((await list(ResourceARN)).Tags).toEqual(added);
  await expect(list(`${ResourceARN}1`)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
