import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

let simulator: Simulator;
let client: CloudFormationClient;
let options: { endpoint: string; region: string; credentials: typeof credentials };
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
beforeEach(async () => {
  simulator = await createSimulator({ seed: 3 });
  options = { endpoint: simulator.endpoint, region: 'us-east-1', credentials };
  client = new CloudFormationClient(options);
});
afterEach(async () => {
  client.destroy();
  await simulator.stop();
});

const create = (Type: string, ParameterValue: string) =>
  client.send(
    new CreateStackCommand({
      StackName: `Stack${Math.abs(hash(Type + ParameterValue))}`,
      TemplateBody: JSON.stringify({
        Parameters: { P: { Type } },
        Resources: { Logs: { Type: 'AWS::Logs::LogGroup' } },
      }),
      Parameters: [{ ParameterKey: 'P', ParameterValue }],
    }),
  );
const hash = (text: string) => [...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7);

it.each([
  ['AWS::EC2::VPC::Id', 'vpc-gone'],
  ['AWS::EC2::Subnet::Id', 'subnet-gone'],
  ['List<AWS::EC2::SecurityGroup::Id>', 'sg-gone'],
  ['AWS::EC2::AvailabilityZone::Name', 'us-east-1z'],
  ['AWS::SSM::Parameter::Name', '/gone'],
])('a parameter of type %s must name what is there', async (type, value) => {
  await expect(create(type, value)).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Parameter validation failed: parameter value ${value} for parameter name P does not exist`,
  });
});

it('takes what is there, one in a list or all, and kinds that are not simulated', async () => {
  const ec2 = new EC2Client(options);
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  ec2.destroy();
  const [{ SubnetId = '', VpcId = '' } = {}] = Subnets;
  await create('AWS::EC2::VPC::Id', VpcId);
  await create('List<AWS::EC2::Subnet::Id>', Subnets.map((subnet) => subnet.SubnetId).join(','));
  await create('AWS::EC2::Image::Id', 'ami-12345678');
  await expect(create('List<AWS::EC2::Subnet::Id>', `${SubnetId},`)).rejects.toThrow(
    'parameter value  for parameter name P does not exist',
  );
});
