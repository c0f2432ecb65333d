import {
  CloudWatchLogsClient,
  DeleteResourcePolicyCommand,
  DescribeResourcePoliciesCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LogsModel } from '../../../simulator/logs/model.ts';
import { logsWire } from '../../../simulator/logs/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let logs: CloudWatchLogsClient;
beforeEach(async () => {
  aws = await simulatedAws((world) => [logsWire(new LogsModel(world), world)]);
  logs = new CloudWatchLogsClient(aws.client);
});
afterEach(() => aws.stop());

const put = (policyName: string, policyDocument = '{"Statement":[]}') =>
  logs.send(new PutResourcePolicyCommand({ policyName, policyDocument }));
const remove = (policyName: string) => logs.send(new DeleteResourcePolicyCommand({ policyName }));
const shown = async () => {
  const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}));
  return resourcePolicies?.map(({ policyName, policyDocument }) => [policyName, policyDocument]);
};

it('resource policies are put, replaced, listed and deleted, as Terraform does it', async () => {
  const made = await put('events');
  expect(made.resourcePolicy).toMatchObject({
    policyName: 'events',
    policyDocument: '{"Statement":[]}',
  });
  await put('route53');
  await put('events', '{"Statement":[{}]}');
  expect(await shown()).toEqual([
    ['events', '{"Statement":[{}]}'],
    ['route53', '{"Statement":[]}'],
  ]);
  await remove('events');
  expect(await shown()).toEqual([['route53', '{"Statement":[]}']]);
  await expect(remove('events')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Policy with name [events] does not exist',
  });
});

it('ten resource policies are an account, and each is JSON', async () => {
  for (let number = 1; number <= 10; number++) await put(`p${number}`);
  await put('p10', '{}');
  await expect(put('p11')).rejects.toMatchObject({ name: 'LimitExceededException' });
  await expect(put('p1', 'no')).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
