import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOptions } from '../../../cli/rehearsal/client-options.ts';
import type { Stack } from '../../../simulator/cloudformation/model.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let client: CloudFormationClient;
beforeEach(async () => {
  simulator = await createSimulator({ seed: 5 });
  client = new CloudFormationClient(clientOptions(simulator));
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

const getAtt = (...path: string[]) => ({ 'Fn::GetAtt': path });
const outputs = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }]));

/** As the CDK writes a cluster's default namespace and the cloudMapOptions of a service. */
const template = (TTL: number, more: object = {}) =>
  JSON.stringify({
    Resources: {
      Local: {
        Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
        Properties: { Name: 'shop.local', Vpc: 'vpc-1', Description: `${TTL}` },
      },
      Http: {
        Type: 'AWS::ServiceDiscovery::HttpNamespace',
        Properties: { Name: 'shop', Tags: [{ Key: 'ttl', Value: `${TTL}` }] },
      },
      Web: {
        Type: 'AWS::ServiceDiscovery::Service',
        Properties: {
          Name: 'web',
          NamespaceId: getAtt('Local', 'Id'),
          DnsConfig: {
            NamespaceId: getAtt('Local', 'Id'),
            RoutingPolicy: 'MULTIVALUE',
            DnsRecords: [{ Type: 'A', TTL: `${TTL}` }],
          },
          HealthCheckCustomConfig: { FailureThreshold: 1 },
        },
      },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          Cpu: '256',
          Memory: '512',
          NetworkMode: 'awsvpc',
          RequiresCompatibilities: ['FARGATE'],
          ContainerDefinitions: [{ Name: 'app', Image: 'missing:v1' }],
        },
      },
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Shop: {
        Type: 'AWS::ECS::Service',
        Properties: {
          Cluster: { Ref: 'Cluster' },
          TaskDefinition: { Ref: 'Task' },
          DesiredCount: 0,
          LaunchType: 'FARGATE',
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'] } },
          ServiceRegistries: [{ RegistryArn: getAtt('Web', 'Arn') }],
        },
      },
      ...more,
    },
    Outputs: outputs({
      LocalRef: { Ref: 'Local' },
      LocalArn: getAtt('Local', 'Arn'),
      Zone: getAtt('Local', 'HostedZoneId'),
      HttpRef: { Ref: 'Http' },
      HttpArn: getAtt('Http', 'Arn'),
      WebRef: { Ref: 'Web' },
      WebArn: getAtt('Web', 'Arn'),
      WebName: getAtt('Web', 'Name'),
    }),
  });

const StackName = 'shop';
async function done(): Promise<Stack> {
  const stack = simulator.models.cloudformation.find(StackName);
  if (!stack) throw new Error('no stack');
  await stack.running;
  return stack;
}

describe('Cloud Map in a template', () => {
  it('is made, shown by Ref and GetAtt, changed in place and deleted in order', async () => {
    await client.send(new CreateStackCommand({ StackName, TemplateBody: template(60) }));
    expect(await done()).toMatchObject({ status: 'CREATE_COMPLETE' });
    const { servicediscovery } = simulator.models;
    const [local, http] = servicediscovery.namespaces();
    const [web] = servicediscovery.services();
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const shown = (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [
      OutputKey,
      OutputValue,
    ]);
    expect(Object.fromEntries(shown)).toEqual({
      LocalRef: local?.id,
      LocalArn: local?.arn,
      Zone: local?.hostedZoneId,
      HttpRef: http?.id,
      HttpArn: http?.arn,
      WebRef: web?.id,
      WebArn: web?.arn,
      WebName: 'web',
    });
    expect(web?.dnsConfig?.DnsRecords).toEqual([{ Type: 'A', TTL: 60 }]);
    const { ecs } = simulator.models;
    const registries = ecs.services
      .all()
      .map((one) => ecs.rolling.workload(one)?.serviceRegistries);
    expect(registries).toEqual([[{ registryArn: web?.arn }]]);

    await client.send(new UpdateStackCommand({ StackName, TemplateBody: template(10) }));
    expect(await done()).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(servicediscovery.services()).toEqual([web]);
    expect(web?.dnsConfig?.DnsRecords).toEqual([{ Type: 'A', TTL: 10 }]);
    expect(local?.description).toBe('10');
    expect(http?.tags.get('ttl')).toBe('10');

    const stack = await done();
    await client.send(new DeleteStackCommand({ StackName }));
    await stack.running;
    expect(stack.status).toBe('DELETE_COMPLETE');
    expect([...servicediscovery.namespaces(), ...servicediscovery.services()]).toEqual([]);
  });

  it('tells why a namespace cannot be made', async () => {
    const Twin = {
      Type: 'AWS::ServiceDiscovery::PrivateDnsNamespace',
      DependsOn: 'Local',
      Properties: { Name: 'shop.local', Vpc: 'vpc-1' },
    };
    await client.send(new CreateStackCommand({ StackName, TemplateBody: template(60, { Twin }) }));
    const { status, events } = await done();
    expect(status).toBe('ROLLBACK_COMPLETE');
    const failed = events.find((event) => event.status === 'CREATE_FAILED');
    expect(failed).toMatchObject({
      logicalId: 'Twin',
      reason: expect.stringContaining('has already been associated with the hosted zone'),
    });
  });
});
