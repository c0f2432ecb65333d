import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { authorizationTables } from '../../../simulator/authorization-tables.ts';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import { buildModels } from '../../../simulator/models.ts';
import type { NeededAction, RequestMembers } from '../../../simulator/wire/authorization.ts';
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

const asked = (service: ServiceName, operation: string, input: RequestMembers): NeededAction[] =>
  [tables[service]?.operations[operation]?.(input) ?? []].flat();

const region = 'us-east-1:123456789012';
const iam = 'arn:aws:iam::123456789012';
const balancing = `arn:aws:elasticloadbalancing:${region}`;
const balancer = `${balancing}:loadbalancer/app/shop/1`;
const listener = `${balancing}:listener/app/shop/1/2`;
const Tags = [{ Key: 'team', Value: 'web' }];
const tags = [{ key: 'team', value: 'web' }];
const map = { team: 'web' };

/** Operation, its request, the member with the tags, and the tag action with what it is judged on. */
const creations: [ServiceName, string, RequestMembers, RequestMembers, string, string][] = [
  [
    'acm',
    'RequestCertificate',
    {},
    { Tags },
    'acm:AddTagsToCertificate',
    `arn:aws:acm:${region}:certificate/*`,
  ],
  [
    'acm',
    'ImportCertificate',
    {},
    { Tags },
    'acm:AddTagsToCertificate',
    `arn:aws:acm:${region}:certificate/*`,
  ],
  [
    'application-auto-scaling',
    'RegisterScalableTarget',
    {},
    { Tags: map },
    'application-autoscaling:TagResource',
    `arn:aws:application-autoscaling:${region}:scalable-target/*`,
  ],
  [
    'cloudwatch',
    'PutMetricAlarm',
    { AlarmName: 'a' },
    { Tags },
    'cloudwatch:TagResource',
    `arn:aws:cloudwatch:${region}:alarm:a`,
  ],
  [
    'cloudwatch',
    'PutCompositeAlarm',
    { AlarmName: 'a' },
    { Tags },
    'cloudwatch:TagResource',
    `arn:aws:cloudwatch:${region}:alarm:a`,
  ],
  [
    'cloudwatch-logs',
    'CreateLogGroup',
    { logGroupName: '/a' },
    { tags: map },
    'logs:TagResource',
    `arn:aws:logs:${region}:log-group:/a:*`,
  ],
  [
    'codedeploy',
    'CreateApplication',
    { applicationName: 'a' },
    { tags: Tags },
    'codedeploy:TagResource',
    `arn:aws:codedeploy:${region}:application:a`,
  ],
  [
    'codedeploy',
    'CreateDeploymentGroup',
    { applicationName: 'a', deploymentGroupName: 'g' },
    { tags: Tags },
    'codedeploy:TagResource',
    `arn:aws:codedeploy:${region}:deploymentgroup:a/g`,
  ],
  [
    'ecr',
    'CreateRepository',
    { repositoryName: 'a/b' },
    { tags: Tags },
    'ecr:TagResource',
    `arn:aws:ecr:${region}:repository/a/b`,
  ],
  [
    'ecs',
    'CreateCluster',
    { clusterName: 'c' },
    { tags },
    'ecs:TagResource',
    `arn:aws:ecs:${region}:cluster/c`,
  ],
  [
    'elastic-load-balancing-v2',
    'CreateLoadBalancer',
    { Name: 'shop' },
    { Tags },
    'elasticloadbalancing:AddTags',
    `${balancing}:loadbalancer/app/shop/*`,
  ],
  [
    'elastic-load-balancing-v2',
    'CreateTargetGroup',
    { Name: 'web' },
    { Tags },
    'elasticloadbalancing:AddTags',
    `${balancing}:targetgroup/web/*`,
  ],
  [
    'elastic-load-balancing-v2',
    'CreateListener',
    { LoadBalancerArn: balancer },
    { Tags },
    'elasticloadbalancing:AddTags',
    `${balancing}:listener/app/shop/1/*`,
  ],
  [
    'elastic-load-balancing-v2',
    'CreateRule',
    { ListenerArn: listener },
    { Tags },
    'elasticloadbalancing:AddTags',
    `${balancing}:listener-rule/app/shop/1/2/*`,
  ],
  [
    'eventbridge',
    'PutRule',
    { Name: 'r' },
    { Tags },
    'events:TagResource',
    `arn:aws:events:${region}:rule/r`,
  ],
  [
    'eventbridge',
    'CreateEventBus',
    { Name: 'b' },
    { Tags },
    'events:TagResource',
    `arn:aws:events:${region}:event-bus/b`,
  ],
  ['iam', 'CreateRole', { RoleName: 'r', Path: '/t/' }, { Tags }, 'iam:TagRole', `${iam}:role/t/r`],
  ['iam', 'CreateUser', { UserName: 'u' }, { Tags }, 'iam:TagUser', `${iam}:user/u`],
  ['iam', 'CreatePolicy', { PolicyName: 'p' }, { Tags }, 'iam:TagPolicy', `${iam}:policy/p`],
  [
    'iam',
    'CreateInstanceProfile',
    { InstanceProfileName: 'i' },
    { Tags },
    'iam:TagInstanceProfile',
    `${iam}:instance-profile/i`,
  ],
  [
    'iam',
    'CreateOpenIDConnectProvider',
    { Url: 'https://a.example' },
    { Tags },
    'iam:TagOpenIDConnectProvider',
    `${iam}:oidc-provider/a.example`,
  ],
  [
    'lambda',
    'CreateFunction',
    { FunctionName: 'f' },
    { Tags: map },
    'lambda:TagResource',
    `arn:aws:lambda:${region}:function:f`,
  ],
  [
    'lambda',
    'CreateEventSourceMapping',
    { FunctionName: 'f' },
    { Tags: map },
    'lambda:TagResource',
    `arn:aws:lambda:${region}:event-source-mapping:*`,
  ],
  [
    's3',
    'CreateBucket',
    { Bucket: 'b' },
    { CreateBucketConfiguration: { Tags } },
    's3:TagResource',
    'arn:aws:s3:::b',
  ],
  [
    'secrets-manager',
    'CreateSecret',
    { Name: 's' },
    { Tags },
    'secretsmanager:TagResource',
    `arn:aws:secretsmanager:${region}:secret:s-??????`,
  ],
  [
    'sfn',
    'CreateStateMachine',
    { name: 'm' },
    { tags },
    'states:TagResource',
    `arn:aws:states:${region}:stateMachine:m`,
  ],
  [
    'sfn',
    'CreateActivity',
    { name: 'a' },
    { tags },
    'states:TagResource',
    `arn:aws:states:${region}:activity:a`,
  ],
  ['sns', 'CreateTopic', { Name: 't' }, { Tags }, 'sns:TagResource', `arn:aws:sns:${region}:t`],
  [
    'sqs',
    'CreateQueue',
    { QueueName: 'q' },
    { tags: map },
    'sqs:TagQueue',
    `arn:aws:sqs:${region}:q`,
  ],
  [
    'ssm',
    'PutParameter',
    { Name: '/p' },
    { Tags },
    'ssm:AddTagsToResource',
    `arn:aws:ssm:${region}:parameter/p`,
  ],
];

describe('with tags, a creation needs the tag action of its service as well', () => {
  it.each(creations)('%s %s', (service, operation, input, tagged, action, resource) => {
    const bare = asked(service, operation, input);
    const whole = asked(service, operation, { ...input, ...tagged });

    expect(bare.filter((needed) => needed.action === action)).toEqual([]);
    expect(whole).toHaveLength(bare.length + 1);
    const [found] = whole.filter((needed) => needed.action === action);
    expect(found?.resource).toBe(resource);
    expect(found?.keys).toMatchObject({ 'aws:RequestTag/team': 'web', 'aws:TagKeys': ['team'] });
  });

  it('which elastic load balancing tells apart by the operation that creates', () => {
    const input = { ListenerArn: listener, Tags };
    const [, tagging] = asked('elastic-load-balancing-v2', 'CreateRule', input);
    expect(tagging?.keys?.['elasticloadbalancing:CreateAction']).toBe('CreateRule');
  });

  it('and not with an empty list of them', () => {
    expect(asked('sns', 'CreateTopic', { Name: 't', Tags: [] })).toHaveLength(1);
    expect(asked('sqs', 'CreateQueue', { QueueName: 'q', tags: {} })).toHaveLength(1);
  });
});
