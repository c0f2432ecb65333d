import type {
  AttachInternetGatewayCommandInput,
  AttachInternetGatewayCommandOutput,
  CreateInternetGatewayCommandInput,
  CreateInternetGatewayCommandOutput,
  DeleteInternetGatewayCommandInput,
  DeleteInternetGatewayCommandOutput,
  DescribeInternetGatewaysCommandInput,
  DescribeInternetGatewaysCommandOutput,
  DetachInternetGatewayCommandInput,
  DetachInternetGatewayCommandOutput,
  InternetGateway,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import { dependencyViolation } from './dependencies.ts';
import { ec2Filter, ec2Page, type FilterTexts, refuseDryRun } from './filters.ts';
import type { Ec2Model, Ec2Resource } from './model.ts';
import { tagList, tagsFor, tagsOf } from './tags.ts';
import { propertyText, wanted } from './wanted-resources.ts';

/** Internet gateways, each attached to one VPC or to none. */
export function internetGatewayOperations(
  model: Ec2Model,
  world: World,
): Record<string, WireOperation> {
  const OwnerId = world.identity.accountId;
  const attached = ({ properties }: Ec2Resource) => properties.VpcId !== undefined;
  const texts: FilterTexts<Ec2Resource> = {
    'internet-gateway-id': ({ id }) => [id],
    'attachment.vpc-id': propertyText('VpcId'),
    'attachment.state': (gateway) => (attached(gateway) ? ['available'] : []),
    'owner-id': () => [OwnerId],
  };
  const show = (gateway: Ec2Resource): InternetGateway => ({
    InternetGatewayId: gateway.id,
    OwnerId,
    // The model of the API knows attaching and attached, EC2 says available.
    Attachments: attached(gateway)
      ? [{ VpcId: String(gateway.properties.VpcId), State: 'available' as 'attached' }]
      : [],
    Tags: tagList(gateway),
  });
  const required = (id: string | undefined) => model.require('internet gateway', id ?? '');
  return {
    CreateInternetGateway: operation<
      CreateInternetGatewayCommandInput,
      CreateInternetGatewayCommandOutput
    >(['TagSpecifications', 'DryRun'], (input) => {
      refuseDryRun(input);
      const tags = tagsFor('internet-gateway', input.TagSpecifications);
      return { InternetGateway: show(model.create('internet gateway', tags)) };
    }),
    DeleteInternetGateway: operation<
      DeleteInternetGatewayCommandInput,
      DeleteInternetGatewayCommandOutput
    >(['InternetGatewayId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const gateway = required(input.InternetGatewayId);
      if (attached(gateway)) throw dependencyViolation(`The internetGateway '${gateway.id}'`);
      model.remove(gateway.id);
      return {};
    }),
    AttachInternetGateway: operation<
      AttachInternetGatewayCommandInput,
      AttachInternetGatewayCommandOutput
    >(['InternetGatewayId', 'VpcId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const gateway = required(input.InternetGatewayId);
      const vpc = model.require('vpc', input.VpcId ?? '');
      if (attached(gateway)) {
        throw new AwsError(
          'Resource.AlreadyAssociated',
          `resource ${gateway.id} is already attached to network ${gateway.properties.VpcId}`,
        );
      }
      if (model.all('internet gateway').some(({ properties }) => properties.VpcId === vpc.id)) {
        throw new AwsError(
          'InvalidParameterValue',
          `Network ${vpc.id} already has an internet gateway attached`,
        );
      }
      model.update(gateway.id, { VpcId: vpc.id });
      return {};
    }),
    DetachInternetGateway: operation<
      DetachInternetGatewayCommandInput,
      DetachInternetGatewayCommandOutput
    >(['InternetGatewayId', 'VpcId', 'DryRun'], (input) => {
      refuseDryRun(input);
      const gateway = required(input.InternetGatewayId);
      const vpc = model.require('vpc', input.VpcId ?? '');
      if (gateway.properties.VpcId !== vpc.id) {
        throw new AwsError(
          'Gateway.NotAttached',
          `resource ${gateway.id} is not attached to network ${vpc.id}`,
        );
      }
      const mapped = model
        .all('NAT gateway')
        .filter(({ properties }) => properties.AllocationId !== undefined)
        .some(({ properties }) => model.vpcOfSubnet(String(properties.SubnetId)) === vpc.id);
      if (mapped) {
        throw new AwsError(
          'DependencyViolation',
          `Network ${vpc.id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
        );
      }
      model.update(gateway.id, { VpcId: undefined });
      return {};
    }),
    DescribeInternetGateways: operation<
      DescribeInternetGatewaysCommandInput,
      DescribeInternetGatewaysCommandOutput
    >(['Filters', 'InternetGatewayIds', 'MaxResults', 'NextToken', 'DryRun'], (input) => {
      refuseDryRun(input);
      const found = wanted(model, 'internet gateway', input.InternetGatewayIds).filter(
        ec2Filter(input.Filters, texts, tagsOf),
      );
      const { items, more } = ec2Page(found, input, input.InternetGatewayIds);
      return { InternetGateways: items.map(show), ...more };
    }),
  };
}
