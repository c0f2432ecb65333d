import {
  DescribeParametersCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SsmModel } from '../../../simulator/ssm/model.ts';
import { ssmWire } from '../../../simulator/ssm/wire.ts';
import { type SimulatedAws, simulatedAws } from '../wire/simulated-aws.ts';

const Name = '/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id';

let aws: SimulatedAws;
let ssm: SSMClient;
let model: SsmModel;
beforeEach(async () => {
  aws = await simulatedAws((world) => {
    model = new SsmModel(world);
    return [ssmWire(model)];
  });
  ssm = new SSMClient(aws.client);
});
afterEach(() => aws.stop());

it('the image for container instances is found by name and ARN, which has no account', async () => {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  expect(Parameter).toMatchObject({
    Name,
    Type: 'String',
    Value: expect.stringMatching(/^ami-0[0-9a-f]{16}$/),
    ARN: `arn:aws:ssm:eu-west-1::parameter${Name}`,
  });
  const again = await ssm.send(new GetParameterCommand({ Name: Parameter?.ARN }));
  expect(again.Parameter?.Value).toBe(Parameter?.Value);
});

it('templates read it, whether they name it as a parameter or in a property', () => {
  expect(model.templateValues()[Name]).toBe(model.parameterValue(Name));
});

it('nobody lists or overwrites it', async () => {
  const { Parameters } = await ssm.send(new DescribeParametersCommand({}));
  expect(Parameters).toEqual([]);
  const put = new PutParameterCommand({ Name, Value: 'ami-1', Type: 'String', Overwrite: true });
  await expect(ssm.send(put)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});
