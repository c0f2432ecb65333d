import { GetParameterCommand, GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { ssmWire } from '../../../simulator/ssm/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

let aws: SimulatedAws;
let ssm: SSMClient;

beforeEach(async () => {
  aws = await simulatedAws((world) => [ssmWire(new SsmModel(world))]);
  ssm = new SSMClient(aws.client);
});
afterEach(() => aws.stop());

it.each(['{test}-test', 'a b', '/shop/ä', 'what?:1'])(
  'GetParameter tells what cannot be a name (%s) from what is not there',
  async (Name) => {
    await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(/^Parameter name: can't be prefixed with "ssm"/),
    });
  },
);

it.each([
  'shop',
  '/shop/url:3',
  '/shop/url:live',
  'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/url',
  '/aws/service/none',
])('GetParameter does not find %s', async (Name) => {
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  });
});

it("GetParametersByPath refuses a path without a slash in AWS's words", async () => {
  const byPath = new GetParametersByPathCommand({ Path: 'shop' });
  await expect(ssm.send(byPath)).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringMatching(
      /^The parameter doesn't meet the parameter name requirements\. .* forward slash "\/"\. .* \/get\/parameters2-\/by1\.\/path0_\.$/,
    ),
  });
});
