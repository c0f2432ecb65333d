import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  type DescribeAlarmsCommandOutput,
  GetMetricStatisticsCommand,
  type GetMetricStatisticsCommandInput,
  type GetMetricStatisticsCommandOutput,
  ResourceNotFoundException as MetricNotFound,
  PutMetricDataCommand,
  type PutMetricDataCommandInput,
  type PutMetricDataCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import {
  ClusterNotFoundException,
  DescribeServicesCommand,
  type DescribeServicesCommandInput,
  type DescribeServicesCommandOutput,
  ECSClient,
} from '@aws-sdk/client-ecs';
import {
  DescribeTargetGroupsCommand,
  type DescribeTargetGroupsCommandInput,
  type DescribeTargetGroupsCommandOutput,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
  type ModifyListenerCommandInput,
  type ModifyListenerCommandOutput,
  TargetGroupNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetFunctionCommand,
  type GetFunctionCommandInput,
  type GetFunctionCommandOutput,
  InvokeCommand,
  type InvokeCommandInput,
  type InvokeCommandOutput,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../simulator/core/aws-error.ts';
import { operation, type WireService } from '../../../simulator/wire/operation.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

const registeredAt = new Date('2026-03-01T12:00:00.250Z');
const seen: Record<string, unknown> = {};

const ecs: WireService = {
  name: 'ecs',
  operations: {
    DescribeServices: operation<DescribeServicesCommandInput, DescribeServicesCommandOutput>(
      ['cluster', 'services'],
      (input) => {
        if (input.cluster === 'absent') {
          throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
        }
        return { services: [{ serviceName: input.services?.[0], createdAt: registeredAt }] };
      },
    ),
  },
};

const elbv2: WireService = {
  name: 'elastic-load-balancing-v2',
  operations: {
    ModifyListener: operation<ModifyListenerCommandInput, ModifyListenerCommandOutput>(
      ['ListenerArn', 'DefaultActions'],
      (input) => {
        seen.ModifyListener = input;
        return {
          Listeners: [{ ListenerArn: input.ListenerArn, DefaultActions: input.DefaultActions }],
        };
      },
    ),
    DescribeTargetGroups: operation<
      DescribeTargetGroupsCommandInput,
      DescribeTargetGroupsCommandOutput
    >(['Names'], () => {
      throw new AwsError('TargetGroupNotFoundException', 'One or more <target> groups not found');
    }),
  },
};

const lambda: WireService = {
  name: 'lambda',
  operations: {
    Invoke: operation<InvokeCommandInput, InvokeCommandOutput>(
      ['FunctionName', 'InvocationType', 'Payload'],
      (input) => ({
        StatusCode: input.InvocationType === 'Event' ? 202 : 200,
        FunctionError: 'Unhandled',
        Payload: Buffer.from(
          JSON.stringify({ name: input.FunctionName, got: String(input.Payload) }),
        ) as never,
      }),
    ),
    GetFunction: operation<GetFunctionCommandInput, GetFunctionCommandOutput>(
      ['FunctionName'],
      () => {
        throw new AwsError('ResourceNotFoundException', 'Function not found');
      },
    ),
  },
};

const cloudwatch: WireService = {
  name: 'cloudwatch',
  operations: {
    PutMetricData: operation<PutMetricDataCommandInput, PutMetricDataCommandOutput>(
      ['Namespace', 'MetricData'],
      (input) => {
        seen.PutMetricData = input;
        return {};
      },
    ),
    DescribeAlarms: operation<DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput>(
      ['AlarmNames'],
      () => ({ MetricAlarms: [{ AlarmName: 'a', StateUpdatedTimestamp: registeredAt }] }),
    ),
    GetMetricStatistics: operation<
      GetMetricStatisticsCommandInput,
      GetMetricStatisticsCommandOutput
    >(['Namespace', 'MetricName', 'StartTime', 'EndTime', 'Period'], () => {
      throw new AwsError('ResourceNotFoundException', 'No such metric');
    }),
  },
};

let aws: SimulatedAws;
beforeAll(async () => {
  // The errors here are chosen for their shapes, not for their operations.
  const settings = { checkResponses: false };
  aws = await simulatedAws(() => [ecs, elbv2, lambda, cloudwatch], settings);
});
afterAll(() => aws.stop());

describe('awsJson', () => {
  it('carries dates and lists both ways', async () => {
    const answer = await new ECSClient(aws.client).send(
      new DescribeServicesCommand({ cluster: 'c', services: ['shop'] }),
    );
    expect(answer.services).toEqual([{ serviceName: 'shop', createdAt: registeredAt }]);
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('raises the typed exception that the service declares', async () => {
    const call = new ECSClient(aws.client).send(
      new DescribeServicesCommand({ cluster: 'absent', services: ['shop'] }),
    );
    await expect(call).rejects.toBeInstanceOf(ClusterNotFoundException);
    await expect(call).rejects.toThrow('Cluster not found.');
  });
});

describe('awsQuery', () => {
  const client = () => new ElasticLoadBalancingV2Client(aws.client);

  it('reads nested lists and structures and writes them back', async () => {
    const actions = [
      {
        Type: 'forward' as const,
        ForwardConfig: {
          TargetGroups: [
            { TargetGroupArn: 'blue', Weight: 90 },
            { TargetGroupArn: 'green & <co>', Weight: 10 },
          ],
        },
      },
    ];
    const answer = await client().send(
      new ModifyListenerCommand({ ListenerArn: 'L', DefaultActions: actions }),
    );
    expect(seen.ModifyListener).toEqual({ ListenerArn: 'L', DefaultActions: actions });
    expect(answer.Listeners?.[0]?.DefaultActions).toEqual(actions);
  });

  it('uses the Query code of an error, not its shape name', async () => {
    const call = client().send(new DescribeTargetGroupsCommand({ Names: ['x'] }));
    await expect(call).rejects.toBeInstanceOf(TargetGroupNotFoundException);
    const raw = await fetch(aws.endpoint, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'DescribeTargetGroups', Version: '2015-12-01' }),
    });
    expect(raw.status).toBe(400);
    expect(await raw.text()).toContain(
      '<Type>Sender</Type><Code>TargetGroupNotFound</Code><Message>One or more &lt;target&gt; groups not found</Message>',
    );
  });
});

describe('restJson1', () => {
  const client = () => new LambdaClient(aws.client);
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:hook';

  it('binds path, headers and payload, and the response status', async () => {
    const answer = await client().send(
      new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: '{"a":1}' }),
    );
    expect(answer.StatusCode).toBe(202);
    expect(answer.FunctionError).toBe('Unhandled');
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual({
      name: arn,
      got: '{"a":1}',
    });
  });

  it('raises typed exceptions with who is at fault', async () => {
    const call = client().send(new GetFunctionCommand({ FunctionName: 'absent' }));
    await expect(call).rejects.toBeInstanceOf(ResourceNotFoundException);
    await expect(call).rejects.toMatchObject({
      Type: 'User',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('refuses header members that are not modelled', async () => {
    const call = client().send(new InvokeCommand({ FunctionName: 'f', LogType: 'Tail' }));
    await expect(call).rejects.toThrow('Member LogType of lambda:Invoke is not simulated');
  });
});

const protocols = {
  'JSON 1.0': undefined,
  Query: new AwsQueryProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    xmlNamespace: 'http://monitoring.amazonaws.com/doc/2010-08-01/',
    version: '2010-08-01',
  }),
  CBOR: new AwsSmithyRpcV2CborProtocol({
    defaultNamespace: 'com.amazonaws.cloudwatch',
    awsQueryCompatible: true,
  }),
};

describe.each(Object.entries(protocols))('CloudWatch over %s', (_, protocol) => {
  const client = () => new CloudWatchClient(protocol ? { ...aws.client, protocol } : aws.client);

  it('carries numbers and timestamps, and answers an operation without output', async () => {
    const metric = { MetricName: 'm', Value: 0.25, Timestamp: registeredAt };
    await client().send(new PutMetricDataCommand({ Namespace: 'n', MetricData: [metric] }));
    expect(seen.PutMetricData).toEqual({ Namespace: 'n', MetricData: [metric] });
  });

  it('answers timestamps as dates', async () => {
    const answer = await client().send(new DescribeAlarmsCommand({ AlarmNames: ['a'] }));
    expect(answer.MetricAlarms).toEqual([{ AlarmName: 'a', StateUpdatedTimestamp: registeredAt }]);
  });

  it('raises the typed exception', async () => {
    const call = client().send(
      new GetMetricStatisticsCommand({
        Namespace: 'n',
        MetricName: 'm',
        StartTime: registeredAt,
        EndTime: registeredAt,
        Period: 60,
      }),
    );
    await expect(call).rejects.toBeInstanceOf(MetricNotFound);
  });
});
