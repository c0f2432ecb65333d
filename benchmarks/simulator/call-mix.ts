/** One request as it goes over the wire; only the form of its service is filled in, nothing is signed anew. */
export interface WireCall {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How many calls of each kind make one round of the mix. */
export type CallMix = readonly (readonly [name: string, count: number, call: WireCall])[];

const region = 'us-east-1';

/**
 * What a deployment tool asks all day: mostly to describe, some lists, some writes, over six services and both
 * kinds of protocols (JSON and Query). `service` is one of the loaded services.
 */
export function callMix(service: string): CallMix {
  return [
    [
      'ecs DescribeServices',
      4,
      json('ecs', '1.1', 'AmazonEC2ContainerServiceV20141113.DescribeServices', {
        cluster: 'measured',
        services: [service],
      }),
    ],
    [
      'ecs ListServices',
      1,
      json('ecs', '1.1', 'AmazonEC2ContainerServiceV20141113.ListServices', {
        cluster: 'measured',
      }),
    ],
    [
      'elbv2 DescribeTargetGroups',
      2,
      query('elasticloadbalancing', '2015-12-01', 'DescribeTargetGroups', {
        'Names.member.1': 'measured',
      }),
    ],
    [
      'logs PutLogEvents',
      2,
      json('logs', '1.1', 'Logs_20140328.PutLogEvents', {
        logGroupName: '/measured',
        logStreamName: 'one',
        logEvents: [{ timestamp: Date.now(), message: 'one line of a service' }],
      }),
    ],
    [
      'monitoring PutMetricData',
      1,
      json('monitoring', '1.0', 'GraniteServiceVersion20100801.PutMetricData', {
        Namespace: 'Measured',
        MetricData: [{ MetricName: 'Orders', Value: 1 }],
      }),
    ],
    [
      'codedeploy ListDeployments',
      1,
      json('codedeploy', '1.1', 'CodeDeploy_20141006.ListDeployments', {}),
    ],
    [
      'events PutEvents',
      1,
      json('events', '1.1', 'AWSEvents.PutEvents', {
        Entries: [{ Source: 'measured', DetailType: 'Order', Detail: '{}' }],
      }),
    ],
    [
      'states ListStateMachines',
      1,
      json('states', '1.0', 'AWSStepFunctions.ListStateMachines', {}),
    ],
  ];
}

/** A call of the awsJson protocols. */
export function json(
  signingName: string,
  version: '1.0' | '1.1',
  target: string,
  input: unknown,
): WireCall {
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': target,
      ...credentials(signingName),
    },
    body: JSON.stringify(input),
  };
}

/** A call of the awsQuery protocol. */
export function query(
  signingName: string,
  version: string,
  action: string,
  input: Readonly<Record<string, string>>,
): WireCall {
  return {
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      ...credentials(signingName),
    },
    body: new URLSearchParams({ Action: action, Version: version, ...input }).toString(),
  };
}

/** As SDKs sign: the service and the Region are read from it. */
function credentials(signingName: string): Record<string, string> {
  return {
    'x-amz-date': '20260101T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=measured/20260101/${region}/${signingName}/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`,
  };
}
