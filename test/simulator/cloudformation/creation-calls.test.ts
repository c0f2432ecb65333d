import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { authorizationTables } from '../../../simulator/authorization-tables.ts';
import { changeCalls } from '../../../simulator/cloudformation/change-calls.ts';
import {
  authorizeCreation,
  authorizeSettings,
} from '../../../simulator/cloudformation/creation-calls.ts';
import type { StackResource } from '../../../simulator/cloudformation/model.ts';
import type { ResourceContext } from '../../../simulator/cloudformation/resource-provider.ts';
import { buildWorld } from '../../../simulator/core/build-world.ts';
import { buildModels, resourceProviders } from '../../../simulator/models.ts';

const { world, attach } = buildWorld({});
const models = buildModels(world);
const endpoint = 'http://127.0.0.1:9';
attach(models, { ofCaller: () => endpoint, own: endpoint });
const tables = authorizationTables(models, world);
const providers = resourceProviders(models, world);

afterAll(() => {
  world.clock.stop();
  rmSync(world.directory, { recursive: true, force: true });
});

const context = (authorize: ResourceContext['authorize']): ResourceContext => ({
  world,
  stackName: 'shop',
  logicalId: 'It',
  step: { stackId: 'id', resourceType: 'Custom::It', resourceMs: 0, initiated() {} },
  generatedName: () => 'shop-It-ABCDEFGHIJKL',
  ...(authorize && { authorize }),
});

/** The actions that a creation asks for, each with its resource. */
function asked(type: string, properties: object): string[] {
  const found: string[] = [];
  const asking = context((service, operation, input) => {
    const { prefix, operations = {} } = tables[service] ?? {};
    for (const { action = `${prefix}:${operation}`, resource } of [
      operations[operation]?.(input) ?? [],
    ].flat()) {
      found.push(`${action} ${resource}`);
    }
  });
  const given = properties as Readonly<Record<string, unknown>>;
  authorizeCreation(type, given, asking);
  const made = { type, physicalId: 'it', attributes: {}, properties: given };
  authorizeSettings(made as StackResource, asking);
  return found;
}

const region = 'us-east-1:123456789012';
const role = 'arn:aws:iam::123456789012:role';
const made = 'shop-It-XXXXXXXXXXXX';

describe('a creation asks', () => {
  it.each<[string, string, object, string[]]>([
    [
      'of a role with a path for its policies',
      'AWS::IAM::Role',
      {
        Path: '/team/',
        Policies: [{ PolicyName: 'own' }],
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
      },
      ['CreateRole', 'PutRolePolicy', 'AttachRolePolicy'].map(
        (action) => `iam:${action} ${role}/team/${made}`,
      ),
    ],
    [
      'for buckets and repositories by names in small letters',
      'AWS::S3::Bucket',
      {},
      [`s3:CreateBucket arn:aws:s3:::${made.toLowerCase()}`],
    ],
    [
      'of a function its reserved concurrency',
      'AWS::Lambda::Function',
      { FunctionName: 'it', Role: `${role}/it`, ReservedConcurrentExecutions: 0 },
      [
        `lambda:CreateFunction arn:aws:lambda:${region}:function:it`,
        `iam:PassRole ${role}/it`,
        `lambda:PutFunctionConcurrency arn:aws:lambda:${region}:function:it`,
      ],
    ],
    [
      'of a policy each holder',
      'AWS::IAM::Policy',
      { PolicyName: 'p', PolicyDocument: {}, Roles: ['web'] },
      [`iam:PutRolePolicy ${role}/web`],
    ],
    [
      'of a permission its function',
      'AWS::Lambda::Permission',
      { FunctionName: 'f', Principal: 'sns.amazonaws.com' },
      [`lambda:AddPermission arn:aws:lambda:${region}:function:f`],
    ],
    [
      'of a topic policy its topics',
      'AWS::SNS::TopicPolicy',
      { Topics: [`arn:aws:sns:${region}:orders`] },
      [`sns:SetTopicAttributes arn:aws:sns:${region}:orders`],
    ],
    [
      'of an Auto Scaling group, which is a mere record',
      'AWS::AutoScaling::AutoScalingGroup',
      { AutoScalingGroupName: 'web' },
      [
        `autoscaling:CreateAutoScalingGroup arn:aws:autoscaling:${region}:autoScalingGroup:*:autoScalingGroupName/web`,
      ],
    ],
    [
      'of a group with a launch template also for the instances that it would run',
      'AWS::AutoScaling::AutoScalingGroup',
      {
        AutoScalingGroupName: 'web',
        MixedInstancesPolicy: {
          LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: 'lt-1' } },
        },
      },
      [
        `autoscaling:CreateAutoScalingGroup arn:aws:autoscaling:${region}:autoScalingGroup:*:autoScalingGroupName/web`,
        `ec2:RunInstances arn:aws:ec2:${region}:launch-template/lt-1`,
      ],
    ],
    [
      'of a launch configuration',
      'AWS::AutoScaling::LaunchConfiguration',
      {},
      [
        `autoscaling:CreateLaunchConfiguration arn:aws:autoscaling:${region}:launchConfiguration:*:launchConfigurationName/${made}`,
      ],
    ],
    [
      'of a record set its zone',
      'AWS::Route53::RecordSet',
      { HostedZoneId: 'Z1', Name: 'a.example.com.', Type: 'A' },
      ['route53:ChangeResourceRecordSets arn:aws:route53:::hostedzone/Z1'],
    ],
  ])('%s', (_name, type, properties, expected) => {
    expect(asked(type, properties)).toEqual(expected);
  });

  it('which record is made, by its name without case and end', () => {
    const [needed] = [
      tables['route-53']?.operations.ChangeResourceRecordSets?.({
        HostedZoneId: 'Z1',
        Name: 'A.example.com.',
        Type: 'CNAME',
        Action: 'CREATE',
      }) ?? [],
    ].flat();
    expect(needed?.keys).toEqual({
      'route53:ChangeResourceRecordSetsNormalizedRecordNames': ['a.example.com'],
      'route53:ChangeResourceRecordSetsRecordTypes': ['CNAME'],
      'route53:ChangeResourceRecordSetsActions': ['CREATE'],
    });
  });
});

/** What AWS makes without a call of any service. */
const asksNobody = ['AWS::CDK::Metadata', 'AWS::CloudFormation::WaitConditionHandle'];
/** As many properties as types that their service's API makes look at before they call it. */
const empty = {
  ...{ Users: ['ann'], Roles: ['it'], Groups: [], Policies: [], ManagedPolicyArns: [] },
  ...{ ClientIdList: [], ThumbprintList: [], MetricTransformations: [], RoutingConfiguration: [] },
  ...{ CapacityProviders: [], DefaultCapacityProviderStrategy: [], ServiceToken: 'it' },
  AutoScalingGroupProvider: { AutoScalingGroupArn: 'it' },
};

describe('every type that a template can declare', () => {
  const types = Object.keys(providers).filter((type) => !asksNobody.includes(type));

  it.each(types)('%s asks before it is made', async (type) => {
    const refuse = context(() => {
      throw new Error('asked');
    });
    const create = async () => {
      authorizeCreation(type, { Roles: ['it'], Topics: ['it'], Queues: ['it'] }, refuse);
      const { shape } = (providers[type]?.properties ?? {}) as { shape?: object };
      const known = Object.entries(empty).filter(([name]) => !shape || Object.hasOwn(shape, name));
      await providers[type]?.create(Object.fromEntries(known) as never, refuse);
    };
    await expect(create()).rejects.toThrow('asked');
  });

  it('asks before it is deleted as well, when nothing but its record goes', () => {
    const recorded = ['AutoScalingGroup', 'LaunchConfiguration'].map(
      (name) => `AWS::AutoScaling::${name}`,
    );
    for (const type of [...recorded, 'AWS::Route53::RecordSet', 'AWS::EC2::LaunchTemplate']) {
      const removal = { physicalId: 'it', attributes: {}, properties: {} };
      expect(changeCalls[type]?.delete?.(removal)).toHaveLength(1);
    }
  });
});
