import { once } from 'node:events';
import http from 'node:http';
import type {
  DescribeServicesCommandInput,
  DescribeServicesCommandOutput,
} from '@aws-sdk/client-ecs';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { operation, type WireService } from '../../../simulator/wire/operation.ts';
import { eventually } from '../../support/eventually.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

const refuse = (): never => {
  throw new TypeError('a mistake in the simulator');
};
const ecs: WireService = {
  name: 'ecs',
  operations: {
    DescribeServices: operation<DescribeServicesCommandInput, DescribeServicesCommandOutput>(
      ['cluster', 'services'],
      ({ cluster }) => (cluster === 'broken' ? refuse() : { services: [] }),
    ),
    CreateService: { members: ['serviceName', 'loadBalancers'], handle: () => ({}) },
  },
};
const codedeploy: WireService = {
  name: 'codedeploy',
  operations: { GetDeployment: { members: ['deploymentId'], handle: () => ({}) } },
};
const elbv2: WireService = {
  name: 'elastic-load-balancing-v2',
  operations: { DescribeRules: { members: ['ListenerArn', 'RuleArns'], handle: () => ({}) } },
};
const s3: WireService = { name: 's3', operations: {} };

let aws: SimulatedAws;
beforeAll(async () => {
  aws = await simulatedAws(() => [ecs, codedeploy, elbv2, s3]);
});
afterAll(() => aws.stop());

const ecsTarget = 'AmazonEC2ContainerServiceV20141113';
async function postJson(target: string, body: string, more: Record<string, string> = {}) {
  const answer = await fetch(aws.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...more },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
async function postForm(form: Record<string, string>) {
  const answer = await fetch(aws.endpoint, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, text: await answer.text() };
}

describe('an operation', () => {
  it('that AWS has and the simulator has not is refused by name, once', async () => {
    const client = new ECSClient({ ...aws.client, maxAttempts: 3 });
    await expect(client.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'Operation ecs:ListClusters is not simulated; simulator/COVERAGE.md lists what is',
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
  });

  it.each([
    [`${ecsTarget}.Nope`, 'UnknownOperationException', 'ecs:Nope'],
    [`${ecsTarget}.toString`, 'UnknownOperationException', 'ecs:toString'],
    ['DynamoDB_20120810.ListTables', 'UnknownOperationException', 'DynamoDB_20120810.ListTables'],
  ])('%s is %s', async (target, code, named) => {
    const { status, body } = await postJson(target, '{}');
    expect(status).toBe(400);
    expect(body).toMatchObject({ __type: code, message: expect.stringContaining(named) });
  });

  it('unknown to a Query service is InvalidAction', async () => {
    const { status, text } = await postForm({ Action: 'Nope', Version: '2015-12-01' });
    expect(status).toBe(400);
    expect(text).toContain('<Code>InvalidAction</Code>');
  });

  it('of a service by path that is not simulated is refused as S3 does it', async () => {
    const answer = await fetch(`${aws.endpoint}/bucket/key`);
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('Operation s3:GetObject is not simulated');
  });
});

describe('an input', () => {
  it.each([
    ['{bad', 'is not JSON'],
    ['[]', 'must be a JSON object'],
    ['"text"', 'must be a JSON object'],
    ['{"services":"shop"}', 'Expected list or null'],
    ['{"services":{}}', 'Start of structure or map found where not expected.'],
    ['{"services":[1]}', 'NUMBER_VALUE can not be converted to a String'],
    ['{"services":[true]}', 'TRUE_VALUE can not be converted to a String'],
    ['{"services":[["a"]]}', 'Start of list found where not expected'],
    ['\u0000', 'is not JSON'],
  ])('%j is a SerializationException', async (text, message) => {
    const { status, body } = await postJson(`${ecsTarget}.DescribeServices`, text);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['{"services":["a"],"include":["TAGS"]}', 'Member include of ecs:DescribeServices'],
    ['{"services":["a"],"clusterName":"c"}', 'Member clusterName of ecs:DescribeServices'],
  ])('%s names the member that is not simulated', async (text, named) => {
    const { body } = await postJson(`${ecsTarget}.DescribeServices`, text);
    expect(body).toMatchObject({ __type: 'NotImplemented' });
    expect(body.message).toContain(`${named} is not simulated`);
  });

  it('may carry empty values for members that are not simulated, as Terraform sends them', async () => {
    const { status } = await postJson(
      `${ecsTarget}.DescribeServices`,
      '{"services":["a"],"include":[]}',
    );
    expect(status).toBe(200);
    const form = { Action: 'DescribeRules', Version: '2015-12-01', ListenerArn: 'L', Marker: '' };
    expect((await postForm(form)).status).toBe(200);
  });

  it('without a required member is refused as the service does it', async () => {
    const ecsAnswer = await postJson(`${ecsTarget}.DescribeServices`, '{}');
    expect(ecsAnswer.body).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'services' failed to satisfy constraint: Member must not be null",
    });
    const { body } = await postJson('CodeDeploy_20141006.GetDeployment', '{}');
    expect(body.__type).toBe('DeploymentIdRequiredException');
  });

  it('of 64 MiB and more is refused before it is read', async () => {
    const request = http.request(aws.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `${ecsTarget}.DescribeServices`, 'content-length': 2 ** 30 },
    });
    request.write('{');
    request.on('error', () => {});
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(answer.statusCode).toBe(413);
    answer.resume();
    await once(answer, 'close');
  });

  it('that waits for 100 Continue is asked for', async () => {
    const body = '{"services":["a"]}';
    const request = http.request(aws.endpoint, {
      method: 'POST',
      headers: {
        'x-amz-target': `${ecsTarget}.DescribeServices`,
        'content-length': body.length,
        expect: '100-continue',
      },
    });
    request.flushHeaders();
    await once(request, 'continue');
    request.end(body);
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(answer.statusCode).toBe(200);
    answer.resume();
  });
});

it('a mistake in a handler is InternalFailure to the client and a stack trace on standard error', async () => {
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const { status, body } = await postJson(
    `${ecsTarget}.DescribeServices`,
    '{"cluster":"broken","services":["a"]}',
  );
  const written = stderr.mock.calls.map(([text]) => String(text)).join('');
  stderr.mockRestore();
  expect(status).toBe(500);
  expect(body.__type).toBe('InternalFailure');
  expect(body.message).not.toContain('a mistake');
  expect(written).toContain('TypeError: a mistake in the simulator');
});

it('each call is journaled with its caller and its error', async () => {
  const before = aws.world.journal.of('api.called').length;
  const credential =
    'AWS4-HMAC-SHA256 Credential=FN.greengate-verify-release/20261121/x/ecs/aws4_request';
  await postJson(`${ecsTarget}.DescribeServices`, '{"services":["a"]}', {
    authorization: credential,
  });
  await postJson(`${ecsTarget}.RunTask`, '{}');
  expect(aws.world.journal.of('api.called').slice(before)).toMatchObject([
    { service: 'ecs', operation: 'DescribeServices', caller: 'greengate-verify-release' },
    { service: 'ecs', operation: 'RunTask', caller: 'user', errorCode: 'NotImplemented' },
  ]);
});

it('time does not jump while a request is in flight', async () => {
  let fired = false;
  const request = http.request(aws.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `${ecsTarget}.DescribeServices`, 'content-length': 18 },
  });
  request.flushHeaders();
  await eventually(() => expect(aws.world.clock.heldBy()).toEqual(['API request POST /']));
  const slept = aws.world.clock.sleep(3_600_000).then(() => {
    fired = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(fired).toBe(false);
  request.end('{"services":["a"]}');
  const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
  answer.resume();
  await slept;
  expect(aws.world.clock.heldBy()).toEqual([]);
});
