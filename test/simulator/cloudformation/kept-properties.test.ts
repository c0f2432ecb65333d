import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs';
import { GetBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

const port = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const Resources = {
  Topic: {
    Type: 'AWS::SNS::Topic',
    Properties: { TopicName: 'ops', KmsMasterKeyId: 'alias/aws/sns' },
  },
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmName: 'busy',
      Namespace: 'AWS/ECS',
      MetricName: 'CPUUtilization',
      Statistic: 'Average',
      Unit: 'Percent',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 80,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: 'pages',
      CorsConfiguration: {
        CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: 60, Id: 'all' }],
      },
    },
  },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'from CloudFront to S3',
      VpcId: { Ref: 'Vpc' },
      SecurityGroupIngress: [{ ...port, SourcePrefixListId: 'pl-3b927c52' }],
      SecurityGroupEgress: [{ ...port, DestinationPrefixListId: 'pl-63a5400a' }],
    },
  },
  Proxied: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Family: 'proxied',
      EnableFaultInjection: false,
      NetworkMode: 'awsvpc',
      ContainerDefinitions: [
        { Name: 'app', Image: 'app', Memory: 128 },
        { Name: 'envoy', Image: 'envoy', Memory: 128 },
      ],
      ProxyConfiguration: {
        Type: 'APPMESH',
        ContainerName: 'envoy',
        ProxyConfigurationProperties: [{ Name: 'IgnoredUID', Value: 1337 }],
      },
    },
  },
  Instances: {
    Type: 'AWS::AutoScaling::LaunchConfiguration',
    Properties: { ImageId: 'ami-1', InstanceType: 't3.small', SpotPrice: '0.02' },
  },
};

let simulator: Simulator;
let directory: string;
const client = () => ({
  endpoint: simulator.world.endpoint(),
  region: 'us-east-1',
  credentials: { accessKeyId: 'me', secretAccessKey: 'me' },
});
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'greengate-kept-'));
  simulator = await createSimulator();
  const file = join(directory, 'Kept.json');
  writeFileSync(file, JSON.stringify({ Resources }));
  await simulator.deployTemplate(file);
});
afterAll(async () => {
  await simulator.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a template says what changes nothing in a rehearsal, and clients read it', () => {
  it('the key of a topic', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:123456789012:ops';
    const { Attributes } = await new SNSClient(client()).send(
      new GetTopicAttributesCommand({ TopicArn }),
    );
    expect(Attributes?.KmsMasterKeyId).toBe('alias/aws/sns');
  });

  it('the unit of an alarm', async () => {
    const { MetricAlarms } = await new CloudWatchClient(client()).send(
      new DescribeAlarmsCommand({ AlarmNames: ['busy'] }),
    );
    expect(MetricAlarms?.[0]?.Unit).toBe('Percent');
  });

  it('who may read a bucket from a page', async () => {
    const { CORSRules } = await new S3Client({ ...client(), forcePathStyle: true }).send(
      new GetBucketCorsCommand({ Bucket: 'pages' }),
    );
    expect(CORSRules).toEqual([
      { ID: 'all', AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAgeSeconds: 60 },
    ]);
  });

  it('prefix lists of security groups', async () => {
    const { SecurityGroups } = await new EC2Client(client()).send(
      new DescribeSecurityGroupsCommand({
        Filters: [{ Name: 'description', Values: ['from CloudFront to S3'] }],
      }),
    );
    const [group] = SecurityGroups ?? [];
    const lists = [group?.IpPermissions, group?.IpPermissionsEgress].map((rules) =>
      rules?.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map((list) => list.PrefixListId)),
    );
    expect(lists).toEqual([['pl-3b927c52'], ['pl-63a5400a']]);
  });

  it('the proxy of a task', async () => {
    const { taskDefinition } = await new ECSClient(client()).send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'proxied' }),
    );
    expect(taskDefinition?.proxyConfiguration).toEqual({
      type: 'APPMESH',
      containerName: 'envoy',
      properties: [{ name: 'IgnoredUID', value: '1337' }],
    });
  });
});
