import {
  GetParameterCommand,
  GetParameterHistoryCommand,
  LabelParameterVersionCommand,
  PutParameterCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { ssmWire } from '../../../simulator/ssm/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ssm: SSMClient;
const Name = '/shop/url';

beforeEach(async () => {
  aws = await simulatedAws((world) => [ssmWire(new SsmModel(world))]);
  ssm = new SSMClient(aws.client);
  for (const Value of ['one', 'two']) {
    await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true }));
  }
});
afterEach(() => aws.stop());

const label = (Labels: string[], ParameterVersion?: number) =>
  ssm.send(new LabelParameterVersionCommand({ Name, Labels, ParameterVersion }));
const get = async (name: string) =>
  (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter;

it('a label names the version that it was put on last; without a version, the latest', async () => {
  await label(['live'], 1);
  expect(await get(`${Name}:live`)).toMatchObject({ Value: 'one', Selector: ':live' });
  expect(await label(['live'])).toMatchObject({ InvalidLabels: [], ParameterVersion: 2 });
  expect((await get(`${Name}:live`))?.Value).toBe('two');
  const { Parameters } = await ssm.send(new GetParameterHistoryCommand({ Name }));
  expect(Parameters?.map(({ Labels }) => Labels)).toEqual([[], ['live']]);
});

it('labels that cannot be are told, and not put', async () => {
  const { InvalidLabels } = await label(['1st', 'aws-x', 'SSM', 'good']);
  expect(InvalidLabels).toEqual(['1st', 'aws-x', 'SSM']);
  expect((await get(`${Name}:good`))?.Value).toBe('two');
});

it('labels are taken away, and gone then', async () => {
  await label(['live']);
  const Labels = ['live', 'other'];
  const unlabel = new UnlabelParameterVersionCommand({ Name, ParameterVersion: 2, Labels });
  expect(await ssm.send(unlabel)).toMatchObject({
    RemovedLabels: ['live'],
    InvalidLabels: ['other'],
  });
  await expect(get(`${Name}:live`)).rejects.toThrow(
    `Systems Manager could not find label live of ${Name}. Verify the label and try again.`,
  );
});

it('a version has ten labels at most', async () => {
  await label(Array.from({ length: 10 }, (_, index) => `l${index}`));
  await expect(label(['more'])).rejects.toMatchObject({
    name: 'ParameterVersionLabelLimitExceeded',
  });
});

it('the oldest of a hundred versions cannot go while it has a label', async () => {
  await label(['first'], 1);
  const put = () =>
    ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String', Overwrite: true }));
  for (let version = 3; version <= 100; version++) await put();
  await expect(put()).rejects.toMatchObject({ name: 'ParameterMaxVersionLimitExceeded' });
});
