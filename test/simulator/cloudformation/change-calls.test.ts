import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { authorizationTables } from '../../../simulator/authorization-tables.ts';
import {
  authorizeDeletion,
  authorizeUpdate,
  changeCalls,
} from '../../../simulator/cloudformation/change-calls.ts';
import type { StackResource } from '../../../simulator/cloudformation/model.ts';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import { buildModels, resourceProviders } from '../../../simulator/models.ts';
import type { RequestMembers } from '../../../simulator/wire/authorization.ts';
import type { ServiceName } from '../../../simulator/wire/operation.ts';

const { world, attach } = buildWorld({});
const models = buildModels(world);
const endpoint = 'http://127.0.0.1:9';
attach(models, { ofCaller: () => endpoint, own: endpoint });
const tables = authorizationTables(models, world);

afterAll(() => {
  world.clock.stop();
  rmSync(world.directory, { recursive: true, force: true });
});

type Properties = Readonly<Record<string, unknown>>;

const of = (
  type: string,
  physicalId: string,
  properties: Properties,
  attributes: Properties = {},
): StackResource => ({
  logicalId: 'It',
  type,
  physicalId,
  attributes,
  properties,
  metadata: undefined,
  deletionPolicy: undefined,
  updateReplacePolicy: undefined,
  dependencies: [],
  status: 'CREATE_COMPLETE',
  statusReason: undefined,
  updatedAtMs: 0,
});

/** The actions, each with its resource, that a step asks for. */
function asked(step: (context: Parameters<typeof authorizeDeletion>[1]) => void): string[] {
  const found: string[] = [];
  const authorize = (service: ServiceName, operation: string, input: RequestMembers) => {
    const { prefix, operations = {} } = tables[service] ?? {};
    const needs = operations[operation];
    if (!needs) throw new Error(`No table entry for ${service}:${operation}`);
    for (const { action = `${prefix}:${operation}`, resource } of [needs(input)].flat()) {
      found.push(`${action} ${resource}`);
    }
  };
  step({ world, stackName: 'shop', logicalId: 'It', authorize, generatedName: () => 'shop-It-X' });
  return found;
}
const updating = (resource: StackResource, after: Properties) =>
  asked((context) => authorizeUpdate(resource, after, context));
const deleting = (resource: StackResource) =>
  asked((context) => authorizeDeletion(resource, context));

const region = 'us-east-1:123456789012';
const role = 'arn:aws:iam::123456789012:role/web';
const topic = `arn:aws:sns:${region}:orders`;
const fn = `arn:aws:lambda:${region}:function:f`;
const group = `arn:aws:ec2:${region}:security-group/sg-1`;
const rule = { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '10.0.0.0/8' };

describe('an update asks for what it changes', () => {
  it.each<[string, StackResource, Properties, string[]]>([
    [
      'of a role its policies that come, change and go',
      of('AWS::IAM::Role', 'web', {
        Policies: [
          { PolicyName: 'same', PolicyDocument: { a: 1 } },
          { PolicyName: 'other', PolicyDocument: { a: 1 } },
          { PolicyName: 'gone', PolicyDocument: {} },
        ],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/Old'],
        Tags: [{ Key: 'a', Value: '1' }],
      }),
      {
        Policies: [
          { PolicyName: 'same', PolicyDocument: { a: 1 } },
          { PolicyName: 'other', PolicyDocument: { a: 2 } },
        ],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/New'],
        PermissionsBoundary: 'arn:aws:iam::aws:policy/Edge',
      },
      [
        `iam:PutRolePermissionsBoundary ${role}`,
        `iam:DeleteRolePolicy ${role}`,
        `iam:PutRolePolicy ${role}`,
        `iam:DetachRolePolicy ${role}`,
        `iam:AttachRolePolicy ${role}`,
        `iam:UntagRole ${role}`,
      ],
    ],
    [
      'of a policy the holders that come and go, when its document stays',
      of('AWS::IAM::Policy', 'p', { PolicyName: 'p', PolicyDocument: {}, Roles: ['web', 'old'] }),
      { PolicyName: 'p', PolicyDocument: {}, Roles: ['web'], Users: ['ann'] },
      [
        'iam:PutUserPolicy arn:aws:iam::123456789012:user/ann',
        'iam:DeleteRolePolicy arn:aws:iam::123456789012:role/old',
      ],
    ],
    [
      'of a function its code alone',
      of('AWS::Lambda::Function', 'f', { Code: { S3Key: 'a' }, Handler: 'x' }, { Arn: fn }),
      { Code: { S3Key: 'b' }, Handler: 'x' },
      [`lambda:UpdateFunctionCode ${fn}`],
    ],
    [
      'of a function its settings, role and tags',
      of('AWS::Lambda::Function', 'f', { Role: 'r', Timeout: 3 }, { Arn: fn }),
      { Role: role, Timeout: 3, Tags: [{ Key: 'a', Value: '1' }] },
      [
        `lambda:UpdateFunctionConfiguration ${fn}`,
        `iam:PassRole ${role}`,
        `lambda:TagResource ${fn}`,
      ],
    ],
    [
      'of a bucket each setting',
      of('AWS::S3::Bucket', 'b', {}),
      { VersioningConfiguration: { Status: 'Enabled' }, Tags: [{ Key: 'a', Value: '1' }] },
      ['s3:PutBucketTagging arn:aws:s3:::b', 's3:PutBucketVersioning arn:aws:s3:::b'],
    ],
    [
      'of a topic its name and subscriptions',
      of('AWS::SNS::Topic', topic, { Subscription: [{ Protocol: 'sqs', Endpoint: 'a' }] }),
      { DisplayName: 'Orders', Subscription: [{ Protocol: 'sqs', Endpoint: 'b' }] },
      [`sns:SetTopicAttributes ${topic}`, 'sns:Unsubscribe *', `sns:Subscribe ${topic}`],
    ],
    [
      'of a security group its rules',
      of('AWS::EC2::SecurityGroup', 'sg-1', { SecurityGroupIngress: [rule] }),
      { SecurityGroupIngress: [{ ...rule, ToPort: 81 }], SecurityGroupEgress: [rule] },
      [
        `ec2:RevokeSecurityGroupIngress ${group}`,
        `ec2:AuthorizeSecurityGroupIngress ${group}`,
        `ec2:AuthorizeSecurityGroupEgress ${group}`,
      ],
    ],
    [
      'of an endpoint what it comes into and leaves',
      of('AWS::EC2::VPCEndpoint', 'vpce-1', { RouteTableIds: ['rtb-1', 'rtb-2'] }),
      { RouteTableIds: ['rtb-2', 'rtb-3'] },
      ['vpc-endpoint/vpce-1', 'route-table/rtb-3', 'route-table/rtb-1'].map(
        (resource) => `ec2:ModifyVpcEndpoint arn:aws:ec2:${region}:${resource}`,
      ),
    ],
    [
      'of an address its tags',
      of('AWS::EC2::EIP', '198.51.100.1', {}, { AllocationId: 'eipalloc-1' }),
      { Tags: [{ Key: 'a', Value: '1' }] },
      [`ec2:CreateTags arn:aws:ec2:${region}:elastic-ip/eipalloc-1`],
    ],
    [
      'of a repository its policies',
      of('AWS::ECR::Repository', 'web', { RepositoryPolicyText: {} }),
      { LifecyclePolicy: {}, ImageTagMutability: 'IMMUTABLE' },
      ['PutImageTagMutability', 'DeleteRepositoryPolicy', 'PutLifecyclePolicy'].map(
        (action) => `ecr:${action} arn:aws:ecr:${region}:repository/web`,
      ),
    ],
    [
      'of a parameter its value',
      of('AWS::SSM::Parameter', '/a', { Value: '1' }),
      { Value: '2' },
      [`ssm:PutParameter arn:aws:ssm:${region}:parameter/a`],
    ],
    [
      'nothing where 80 became "80"',
      of('AWS::SNS::Topic', topic, { DisplayName: 80 }),
      { DisplayName: '80' },
      [],
    ],
  ])('%s', (_name, resource, after, expected) => {
    expect(updating(resource, after)).toEqual(expected);
  });
});

describe('a deletion asks for what it takes', () => {
  it.each<[string, StackResource, string[]]>([
    [
      'a role with its policies',
      of('AWS::IAM::Role', 'web', { Policies: [{ PolicyName: 'p', PolicyDocument: {} }] }),
      [`iam:DeleteRolePolicy ${role}`, `iam:DeleteRole ${role}`],
    ],
    [
      'a managed policy with its holders',
      of('AWS::IAM::ManagedPolicy', 'arn:aws:iam::123456789012:policy/p', { Roles: ['web'] }),
      [`iam:DetachRolePolicy ${role}`, 'iam:DeletePolicy arn:aws:iam::123456789012:policy/p'],
    ],
    ['a function', of('AWS::Lambda::Function', 'f', {}), [`lambda:DeleteFunction ${fn}`]],
    ['a version', of('AWS::Lambda::Version', `${fn}:3`, {}), [`lambda:DeleteFunction ${fn}:3`]],
    [
      'a layer',
      of('AWS::Lambda::LayerVersion', `arn:aws:lambda:${region}:layer:l:2`, {}),
      [`lambda:DeleteLayerVersion arn:aws:lambda:${region}:layer:l:2`],
    ],
    ['a bucket', of('AWS::S3::Bucket', 'b', {}), ['s3:DeleteBucket arn:aws:s3:::b']],
    [
      'a bucket policy',
      of('AWS::S3::BucketPolicy', 'b', {}),
      ['s3:DeleteBucketPolicy arn:aws:s3:::b'],
    ],
    ['a topic', of('AWS::SNS::Topic', topic, {}), [`sns:DeleteTopic ${topic}`]],
    [
      'a queue policy',
      of('AWS::SQS::QueuePolicy', 'p', { Queues: ['http://q/123456789012/orders'] }),
      [`sqs:SetQueueAttributes arn:aws:sqs:${region}:orders`],
    ],
    [
      'a rule of a security group',
      of('AWS::EC2::SecurityGroupIngress', 'sgr-1', { ...rule, GroupId: 'sg-1' }),
      [`ec2:RevokeSecurityGroupIngress ${group}`],
    ],
    [
      'a flow log',
      of('AWS::EC2::FlowLog', 'fl-1', {}),
      [`ec2:DeleteFlowLogs arn:aws:ec2:${region}:vpc-flow-log/fl-1`],
    ],
    ['nothing of a type that its service asks about', of('AWS::SQS::Queue', 'q', {}), []],
  ])('%s', (_name, resource, expected) => {
    expect(deleting(resource)).toEqual(expected);
  });
});

describe('every type in the table', () => {
  const bare = { FunctionName: 'f' };
  const names = ['one'];
  const full: Properties = {
    PolicyName: 'p',
    PolicyDocument: {},
    Policies: [{ PolicyName: 'p', PolicyDocument: {} }],
    ManagedPolicyArns: ['arn:aws:iam::aws:policy/Old'],
    PermissionsBoundary: 'arn:aws:iam::aws:policy/Edge',
    AssumeRolePolicyDocument: {},
    Description: 'd',
    ...{ Groups: names, Roles: names, Users: names, Topics: names, Queues: names },
    ...{ Code: {}, Role: role, ReservedConcurrentExecutions: 1, ...bare },
    ...{ DisplayName: 'd', Subscription: [{ Protocol: 'sqs', Endpoint: 'a' }] },
    ...{ SecurityGroupIngress: [rule], SecurityGroupEgress: [rule] },
    ...{ AccessControl: 'Private', BucketEncryption: {}, LifecycleConfiguration: {} },
    ...{ LoggingConfiguration: {}, OwnershipControls: {}, PublicAccessBlockConfiguration: {} },
    ...{ VersioningConfiguration: {}, ImageScanningConfiguration: {}, LifecyclePolicy: {} },
    ...{ ImageTagMutability: 'MUTABLE', RepositoryPolicyText: {} },
    Tags: [{ Key: 'a', Value: '1' }],
  };

  it.each(Object.keys(changeCalls))('%s asks only for what IAM knows', (type) => {
    const known = resourceProviders(models, world);
    expect(Object.keys(known)).toContain(type);
    const attributes = { Arn: 'a', AllocationId: 'eipalloc-1', EventSourceMappingArn: 'a' };
    const steps = [
      updating(of(type, 'x', full, attributes), bare),
      updating(of(type, 'x', bare, attributes), full),
      deleting(of(type, 'x', full, attributes)),
    ];
    expect(steps.flat().length).toBeGreaterThan(0);
  });
});
