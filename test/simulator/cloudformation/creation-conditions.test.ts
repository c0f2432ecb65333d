import { afterAll, beforeAll, expect, it } from 'vitest';
import { account, allow, type Deployer, deployerFixture, failure } from './deployer.ts';

let aws: Deployer;
let stacks = 0;
beforeAll(async () => {
  aws = await deployerFixture();
});
afterAll(() => aws.stop());

const policies = (name: string) => `arn:aws:iam::${account}:policy/${name}`;
const trust = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
  ],
};
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
};
const vpc = (properties: object) => ({
  It: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.9.0.0/16', ...properties } },
});
const role = (properties: object) => ({
  It: {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust, ...properties },
  },
});
const held = (Path: string) => ({
  ...role({}),
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { Path, PolicyDocument: document, Roles: [{ Ref: 'It' }] },
  },
});
const when = (condition: object) => ({ Condition: condition });

it.each([
  [
    'a VPC by its tags',
    'ec2:CreateVpc',
    when({ StringEquals: { 'aws:RequestTag/team': 'web' } }),
    vpc({ Tags: [{ Key: 'team', Value: 'web' }] }),
    vpc({ Tags: [{ Key: 'team', Value: 'data' }] }),
  ],
  [
    'tags by the operation that they come with',
    'ec2:CreateTags',
    when({ StringEquals: { 'ec2:CreateAction': 'CreateVpc' } }),
    vpc({ Tags: [{ Key: 'team', Value: 'web' }] }),
    { It: { Type: 'AWS::EC2::EIP', Properties: { Tags: [{ Key: 'team', Value: 'web' }] } } },
  ],
  [
    'the holder of a policy by the policy',
    'iam:AttachRolePolicy',
    when({ ArnLike: { 'iam:PolicyARN': policies('team/*') } }),
    held('/team/'),
    held('/other/'),
  ],
  [
    'a role by its boundary',
    'iam:CreateRole',
    when({ StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } }),
    role({ PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
    role({}),
  ],
  [
    'settings of a VPC by the tags that it has',
    'ec2:ModifyVpcAttribute',
    when({ StringEquals: { 'aws:ResourceTag/team': 'web' } }),
    vpc({ EnableDnsHostnames: true, Tags: [{ Key: 'team', Value: 'web' }] }),
    vpc({ EnableDnsHostnames: true, Tags: [{ Key: 'team', Value: 'data' }] }),
  ],
  [
    'policies of a role by its boundary',
    'iam:PutRolePolicy',
    when({ StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/ReadOnlyAccess' } }),
    role({
      PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
      Policies: [{ PolicyName: 'own', PolicyDocument: document }],
    }),
    role({ Policies: [{ PolicyName: 'own', PolicyDocument: document }] }),
  ],
  [
    'a topic by its tags',
    'sns:CreateTopic',
    when({ StringEquals: { 'aws:RequestTag/team': 'web' } }),
    { It: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Key: 'team', Value: 'web' }] } } },
    { It: { Type: 'AWS::SNS::Topic', Properties: {} } },
  ],
  [
    'the privileges of a task definition',
    'ecs:RegisterTaskDefinition',
    when({ Bool: { 'ecs:privileged': 'false' } }),
    taskDefinition(false),
    taskDefinition(true),
  ],
])('a policy can allow %s alone', async (_name, action, condition, allowed, refused) => {
  const rest = { Effect: 'Allow', NotAction: action, Resource: '*' };
  for (const [resources, status] of [
    [allowed, 'CREATE_COMPLETE'],
    [refused, 'ROLLBACK_COMPLETE'],
  ] as const) {
    const name = `stack${++stacks}`;
    await aws.permit(name, rest, allow(action, condition));
    const stack = await aws.create(name, resources);
    expect([stack.status, failure(stack)]).toEqual([
      status,
      status === 'CREATE_COMPLETE'
        ? undefined
        : expect.stringContaining(
            `is not authorized to perform: ${action.replace(/^sns:/, 'SNS:')} on resource: `,
          ),
    ]);
    await aws.remove(name, aws.administrator);
  }
});

function taskDefinition(Privileged: boolean) {
  return {
    It: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Name: 'web', Image: 'web', Memory: 64, Privileged }] },
    },
  };
}
