import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { authorizationTables } from '../../../simulator/authorization-tables.ts';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import { buildModels, wireServices } from '../../../simulator/models.ts';
import type { NeededAction, RequestMembers } from '../../../simulator/wire/authorization.ts';
import type { ServiceName } from '../../../simulator/wire/operation.ts';
import { serviceDescriptions } from '../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../simulator/wire/service-schemas.ts';

const { world, attach } = buildWorld({});
const models = buildModels(world);
const endpoint = 'http://127.0.0.1:9';
attach(models, { ofCaller: () => endpoint, own: endpoint });
const tables = authorizationTables(models, world);
const services = wireServices(models, world);

afterAll(() => {
  world.clock.stop();
  rmSync(world.directory, { recursive: true, force: true });
});

const needs = (service: ServiceName, operation: string, input: RequestMembers): NeededAction[] => {
  const found = tables[service]?.operations[operation];
  if (!found) throw new Error(`No table entry for ${service}:${operation}`);
  return [found(input)].flat();
};
const actionsOf = (service: ServiceName, operation: string, input: RequestMembers) =>
  needs(service, operation, input).map(
    ({ action = `${tables[service]?.prefix}:${operation}`, resource }) => `${action} ${resource}`,
  );

describe('authorization tables', () => {
  it.each(services.map((service) => [service.name, service] as const))(
    '%s: every simulated operation says what it needs',
    (name, service) => {
      const known = Object.keys(tables[name]?.operations ?? {});
      const missing = Object.keys(service.operations).filter((one) => !known.includes(one));
      expect(missing).toEqual([]);
    },
  );

  it.each(serviceDescriptions().map(({ name }) => name))(
    '%s: only operations of AWS are listed',
    (name) => {
      const { operations } = loadServiceSchemas(name);
      const strange = Object.keys(tables[name]?.operations ?? {}).filter(
        (one) => !operations.has(one),
      );
      expect(strange).toEqual([]);
    },
  );
});

const region = 'us-east-1:123456789012';

describe('needed actions', () => {
  it('an association of a route table is judged on its table', () => {
    const table = models.ec2.create('route table', { VpcId: 'vpc-1' });
    const { id: AssociationId } = models.ec2.create('route table association', {
      RouteTableId: table.id,
      SubnetId: 'subnet-1',
    });
    expect(actionsOf('ec2', 'DisassociateRouteTable', { AssociationId })).toEqual([
      `ec2:DisassociateRouteTable arn:aws:ec2:${region}:route-table/${table.id}`,
    ]);
  });

  it('a flow log that S3 keeps is a log delivery, which its deletion ends', () => {
    const flowLog = (LogDestinationType: string) =>
      models.ec2.create('flow log', { LogDestinationType }).id;
    const [stored, shown] = [flowLog('s3'), flowLog('cloud-watch-logs')];
    const deletion = (id: string) => `ec2:DeleteFlowLogs arn:aws:ec2:${region}:vpc-flow-log/${id}`;
    expect(actionsOf('ec2', 'DeleteFlowLogs', { FlowLogIds: [stored, shown] })).toEqual([
      deletion(stored),
      'logs:DeleteLogDelivery *',
      deletion(shown),
    ]);
  });

  it('policies of a role and of a user are judged by the boundaries that these have', () => {
    const boundaryArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
    const trust = { Statement: [] };
    models.iam.createRole({ roleName: 'fenced', path: '/', description: '', trust, boundaryArn });
    models.iam.createUser('ann', '/', new Map(), boundaryArn);
    const keyOf = (operation: string, input: RequestMembers) =>
      needs('iam', operation, input).map(({ keys }) => keys?.['iam:PermissionsBoundary']);
    expect(keyOf('PutRolePolicy', { RoleName: 'fenced' })).toEqual([boundaryArn]);
    expect(keyOf('DetachUserPolicy', { UserName: 'ann' })).toEqual([boundaryArn]);
    expect(keyOf('PutRolePolicy', { RoleName: 'other' })).toEqual([undefined]);
    expect(keyOf('GetRole', { RoleName: 'fenced' })).toEqual([undefined]);
  });

  it('tags of what is created come with the operation that creates it', () => {
    const Tags = [{ Key: 'team', Value: 'web' }];
    const asked = needs('ec2', 'CreateVpc', { TagSpecifications: [{ Tags }] });
    const given = { 'aws:RequestTag/team': 'web', 'aws:TagKeys': ['team'] };
    expect(asked.map(({ keys }) => keys)).toEqual([
      given,
      { ...given, 'ec2:CreateAction': 'CreateVpc' },
    ]);
  });

  it.each<[ServiceName, string, RequestMembers, string[]]>([
    ['s3', 'ListObjectsV2', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
    ['s3', 'HeadBucket', { Bucket: 'b' }, ['s3:ListBucket arn:aws:s3:::b']],
    ['s3', 'HeadObject', { Bucket: 'b', Key: 'k/1' }, ['s3:GetObject arn:aws:s3:::b/k/1']],
    [
      's3',
      'GetObject',
      { Bucket: 'b', Key: 'k', VersionId: 'v' },
      ['s3:GetObjectVersion arn:aws:s3:::b/k'],
    ],
    ['s3', 'ListBuckets', {}, ['s3:ListAllMyBuckets *']],
    [
      'ecs',
      'DescribeServices',
      { cluster: 'prod', services: ['shop'] },
      [`ecs:DescribeServices arn:aws:ecs:${region}:service/prod/shop`],
    ],
    [
      'ec2',
      'CreateSubnet',
      { VpcId: 'vpc-1', TagSpecifications: [{ Tags: [{ Key: 'a', Value: '1' }] }] },
      [
        `ec2:CreateSubnet arn:aws:ec2:${region}:subnet/*`,
        `ec2:CreateSubnet arn:aws:ec2:${region}:vpc/vpc-1`,
        `ec2:CreateTags arn:aws:ec2:${region}:subnet/*`,
      ],
    ],
    [
      'ec2',
      'CreateVpcEndpoint',
      { VpcId: 'vpc-1', RouteTableIds: ['rtb-1', 'rtb-2'] },
      ['vpc-endpoint/*', 'vpc/vpc-1', 'route-table/rtb-1', 'route-table/rtb-2'].map(
        (resource) => `ec2:CreateVpcEndpoint arn:aws:ec2:${region}:${resource}`,
      ),
    ],
    [
      'ec2',
      'AttachInternetGateway',
      { InternetGatewayId: 'igw-1', VpcId: 'vpc-1' },
      ['internet-gateway/igw-1', 'vpc/vpc-1'].map(
        (resource) => `ec2:AttachInternetGateway arn:aws:ec2:${region}:${resource}`,
      ),
    ],
    [
      'ec2',
      'CreateFlowLogs',
      { ResourceIds: ['subnet-1'], LogDestinationType: 's3' },
      [
        `ec2:CreateFlowLogs arn:aws:ec2:${region}:vpc-flow-log/*`,
        `ec2:CreateFlowLogs arn:aws:ec2:${region}:subnet/subnet-1`,
        'logs:CreateLogDelivery *',
      ],
    ],
    [
      'ec2',
      'DisassociateAddress',
      { AssociationId: 'eipassoc-1' },
      [`ec2:DisassociateAddress arn:aws:ec2:${region}:elastic-ip/eipalloc-1`],
    ],
    [
      'ecs',
      'UpdateService',
      { service: 'shop' },
      [`ecs:UpdateService arn:aws:ecs:${region}:service/default/shop`],
    ],
    [
      'ecs',
      'RegisterTaskDefinition',
      {
        family: 'shop',
        executionRoleArn: 'arn:x',
        taskRoleArn: 'arn:x',
        tags: [{ key: 'a', value: 'b' }],
      },
      [
        `ecs:RegisterTaskDefinition arn:aws:ecs:${region}:task-definition/shop:*`,
        'iam:PassRole arn:x',
        `ecs:TagResource arn:aws:ecs:${region}:task-definition/shop:*`,
      ],
    ],
    [
      'ecr',
      'DescribeImages',
      { repositoryName: 'team/shop' },
      [`ecr:DescribeImages arn:aws:ecr:${region}:repository/team/shop`],
    ],
    [
      'codedeploy',
      'CreateDeployment',
      {
        applicationName: 'shop',
        deploymentGroupName: 'dg',
        deploymentConfigName: 'c',
        revision: {},
      },
      [
        `codedeploy:CreateDeployment arn:aws:codedeploy:${region}:deploymentgroup:shop/dg`,
        `codedeploy:GetDeploymentConfig arn:aws:codedeploy:${region}:deploymentconfig:c`,
        `codedeploy:GetApplicationRevision arn:aws:codedeploy:${region}:application:shop`,
        `codedeploy:RegisterApplicationRevision arn:aws:codedeploy:${region}:application:shop`,
      ],
    ],
    [
      'lambda',
      'Invoke',
      { FunctionName: 'f', Qualifier: 'live' },
      [`lambda:InvokeFunction arn:aws:lambda:${region}:function:f:live`],
    ],
    [
      'sfn',
      'StartExecution',
      { stateMachineArn: `arn:aws:states:${region}:stateMachine:m:3` },
      [`states:StartExecution arn:aws:states:${region}:stateMachine:m`],
    ],
    [
      'cloudwatch-logs',
      'PutLogEvents',
      { logGroupName: '/a', logStreamName: 's' },
      [`logs:PutLogEvents arn:aws:logs:${region}:log-group:/a:log-stream:s`],
    ],
    [
      'sqs',
      'SendMessage',
      { QueueUrl: 'http://h/1/q' },
      [`sqs:SendMessage arn:aws:sqs:${region}:q`],
    ],
    [
      'ssm',
      'GetParameter',
      { Name: '/a/b:3' },
      [`ssm:GetParameter arn:aws:ssm:${region}:parameter/a/b`],
    ],
    [
      'eventbridge',
      'PutTargets',
      { Rule: 'r', Targets: [{ RoleArn: 'arn:role' }] },
      [`events:PutTargets arn:aws:events:${region}:rule/r`, 'iam:PassRole arn:role'],
    ],
    ['elastic-load-balancing-v2', 'DescribeRules', {}, ['elasticloadbalancing:DescribeRules *']],
    ['sts', 'GetCallerIdentity', {}, []],
  ])('%s:%s of %j', (service, operation, input, expected) => {
    expect(actionsOf(service, operation, input)).toEqual(expected);
  });

  it('the keys of RegisterTaskDefinition are those of the Service Authorization Reference', () => {
    const [register, pass] = needs('ecs', 'RegisterTaskDefinition', {
      family: 'shop',
      cpu: '256',
      requiresCompatibilities: ['FARGATE'],
      containerDefinitions: [{ privileged: true }],
      taskRoleArn: 'arn:role',
    });
    expect(register?.keys).toMatchObject({
      'ecs:compute-compatibility': ['FARGATE'],
      'ecs:privileged': 'true',
      'ecs:task-cpu': '256',
    });
    expect(pass?.keys).toEqual({ 'iam:PassedToService': 'ecs-tasks.amazonaws.com' });
  });
});
