import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { sendInput } from '../constraints/send-input.ts';
import { furnish } from '../fuzz/furnish.ts';
import type { SimulatedAws } from '../simulated-aws.ts';

let simulator: Simulator;
let aws: Pick<SimulatedAws, 'client'>;
beforeAll(async () => {
  simulator = await createSimulator({ settings: { requestQuotas: false, checkResponses: true } });
  const { endpoint } = simulator;
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
  const client = {
    endpoint,
    region: 'us-east-1',
    credentials,
    maxAttempts: 1,
    // TestState would go to a host of its own, which has no address here.
    disableHostPrefix: true,
    useQueueUrlAsEndpoint: false,
  };
  aws = { client };
  await furnish(aws);
});
afterAll(() => simulator.stop());

const lists = (levels: number, leaf = '') => '['.repeat(levels) + leaf + ']'.repeat(levels);
const maps = (levels: number, leaf = '1', name = 'a') =>
  `{"${name}":`.repeat(levels) + leaf + '}'.repeat(levels);
const nested = (open: string, levels: number, close: string, leaf: string) =>
  open.repeat(levels) + leaf + close.repeat(levels);

const roleArn = 'arn:aws:iam::123456789012:role/shop';
const topicArn = 'arn:aws:sns:us-east-1:123456789012:shop';
const machine = (fields: string, language = 'JSONPath') =>
  `{"QueryLanguage":"${language}","StartAt":"A","States":{"A":{"Type":"Pass","End":true,${fields}}}}`;
const parallel = (levels: number) =>
  nested(
    '{"StartAt":"A","States":{"A":{"Type":"Parallel","End":true,"Branches":[',
    levels,
    ']}}}',
    '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}',
  );
const choice = (levels: number) =>
  `{"StartAt":"C","States":{"A":{"Type":"Succeed"},"C":{"Type":"Choice","Choices":[{"Next":"A",${nested(
    '"Not":{',
    levels,
    '}',
    '"Variable":"$.a","IsPresent":true',
  )}}]}}}`;
const topic = (name: string) =>
  `{"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":${name}}}}}`;
const join = (levels: number) => nested('{"Fn::Join":["",[', levels, ']]}', '"a"');
const subscription = (FilterPolicy: string, FilterPolicyScope: string) => ({
  TopicArn: topicArn,
  Protocol: 'sqs',
  Endpoint: 'arn:aws:sqs:us-east-1:123456789012:shop',
  Attributes: { FilterPolicy, FilterPolicyScope },
});

const create = (definition: string, name = 'deep') =>
  ['sfn', 'CreateStateMachine', { name, roleArn, definition }] as const;
const test = (fields: object) =>
  ['sfn', 'TestState', { definition: '{"Type":"Succeed"}', roleArn, ...fields }] as const;
const start = (input: string) =>
  [
    'sfn',
    'StartExecution',
    { stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:shop', input },
  ] as const;
const stack = (TemplateBody: string) =>
  ['cloudformation', 'CreateStack', { StackName: 'deep', TemplateBody }] as const;
const subscribe = (policy: string, scope: string) =>
  ['sns', 'Subscribe', subscription(policy, scope)] as const;
const composite = (AlarmRule: string) =>
  ['cloudwatch', 'PutCompositeAlarm', { AlarmName: 'deep', AlarmRule }] as const;
const metric = (Expression: string) =>
  [
    'cloudwatch',
    'GetMetricData',
    {
      StartTime: new Date(0),
      EndTime: new Date(60_000),
      MetricDataQueries: [{ Id: 'a', Expression, Period: 60 }],
    },
  ] as const;

/** A resource policy with these statements. */
const policyOf = (service: 's3' | 'sqs' | 'sns' | 'secrets-manager', list: string) => {
  const Policy = `{"Version":"2012-10-17","Statement":${list}}`;
  const QueueUrl = 'http://queue/123456789012/shop';
  const calls = {
    s3: ['s3', 'PutBucketPolicy', { Bucket: 'shop', Policy }],
    sqs: ['sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } }],
    sns: [
      'sns',
      'SetTopicAttributes',
      { TopicArn: topicArn, AttributeName: 'Policy', AttributeValue: Policy },
    ],
    'secrets-manager': [
      'secrets-manager',
      'PutResourcePolicy',
      { SecretId: 'shop', ResourcePolicy: Policy },
    ],
  } as const;
  return calls[service];
};
const statements = lists(1_000);

type Call = ReturnType<
  | typeof policyOf
  | typeof create
  | typeof test
  | typeof start
  | typeof stack
  | typeof subscribe
  | typeof composite
  | typeof metric
>;

describe('a document that nests thousands of levels', () => {
  it.each<[string, Call, string]>([
    [
      'lists in Parameters',
      create(machine(`"Parameters":{"a":${lists(5_000)}}`)),
      'InvalidDefinition',
    ],
    ['maps in Result', create(machine(`"Result":${maps(5_000)}`)), 'InvalidDefinition'],
    [
      'lists in Output',
      create(machine(`"Output":${lists(5_000)}`, 'JSONata')),
      'InvalidDefinition',
    ],
    ['maps in Assign', create(machine(`"Assign":${maps(5_000)}`, 'JSONata')), 'InvalidDefinition'],
    ['Choice rules', create(choice(5_000)), 'InvalidDefinition'],
    ['Parallel states', create(parallel(5_000)), 'InvalidDefinition'],
    [
      'JSONata',
      create(machine(`"Output":"{% ${lists(1_000)} %}"`, 'JSONata')),
      'InvalidDefinition',
    ],
    [
      'a filter',
      create(machine(`"InputPath":"$[?(${nested('(', 9_000, ')', '@.a==1')})]"`)),
      'InvalidDefinition',
    ],
    ['an input', start(lists(5_000)), 'InvalidExecutionInput'],
    ['an input of maps', start(maps(1_001)), 'InvalidExecutionInput'],
    ['a tested state', test({ definition: maps(5_000) }), 'InvalidDefinition'],
    [
      'a tested result',
      test({ definition: `{"Type":"Pass","End":true,"Result":${lists(5_000)}}` }),
      'InvalidDefinition',
    ],
    ['a tested input', test({ input: lists(5_000) }), 'InvalidExecutionInput'],
    ['tested variables', test({ variables: maps(5_000) }), 'ValidationException'],
    ['a property of a template', stack(topic(lists(5_000))), 'ValidationError'],
    ['functions of a template', stack(topic(join(1_000))), 'ValidationError'],
    [
      'a condition',
      stack(`{"Conditions":{"C":${maps(5_000)}},${topic('"a"').slice(1)}`),
      'ValidationError',
    ],
    [
      'a filter policy',
      subscribe(maps(5_000, '["x"]'), 'MessageBody'),
      'InvalidParameterException',
    ],
    [
      'a filter policy on attributes',
      subscribe(maps(5_000), 'MessageAttributes'),
      'InvalidParameterException',
    ],
    ['an alarm rule', composite(nested('(', 5_000, ')', 'TRUE')), 'ValidationException'],
    ['a metric expression', metric(nested('(', 1_000, ')', '1')), 'ValidationException'],
    ['a bucket policy', policyOf('s3', statements), 'MalformedPolicy'],
    ['a queue policy', policyOf('sqs', statements), 'InvalidAttributeValue'],
    ['a topic policy', policyOf('sns', statements), 'InvalidParameterException'],
    [
      'a secret policy',
      policyOf('secrets-manager', statements),
      'MalformedPolicyDocumentException',
    ],
  ])('is refused: %s', async (_, [service, operation, input], code) => {
    expect((await sendInput(aws, service, operation, input))?.code).toBe(code);
  });

  it.each<[string, Call]>([
    ['Parameters', create(machine(`"Parameters":{"a":${lists(900)}}`), 'sound')],
    ['an input', start(maps(1_000))],
    ['Choice rules', create(choice(900), 'choice')],
    ['Output', create(machine(`"Output":${maps(900)}`, 'JSONata'), 'output')],
    ['JSONata', create(machine(`"Output":"{% ${lists(500)} %}"`, 'JSONata'), 'jsonata')],
    [
      'a filter',
      create(machine(`"InputPath":"$[?(${nested('(', 498, ')', '@.a==1')})]"`), 'filter'),
    ],
    ['a tested input', test({ input: lists(1_000) })],
    ['a metric expression', metric(nested('(', 100, ')', '1'))],
    ['an alarm rule', composite(nested('(', 499, ')', 'TRUE'))],
    ['a template', stack(topic(join(150)))],
    ['a bucket policy', policyOf('s3', '[{}]')],
    ['a queue policy', policyOf('sqs', '{}')],
  ])('is taken with as many levels as are allowed: %s', async (_, [service, operation, input]) => {
    expect(await sendInput(aws, service, operation, input)).toBeUndefined();
  });
});
