import type {
  AddTagsCommandInput,
  AddTagsCommandOutput,
  CreateLoadBalancerCommandInput,
  CreateLoadBalancerCommandOutput,
  DeleteLoadBalancerCommandInput,
  DeleteLoadBalancerCommandOutput,
  DescribeCapacityReservationCommandInput,
  DescribeCapacityReservationCommandOutput,
  DescribeLoadBalancerAttributesCommandInput,
  DescribeLoadBalancerAttributesCommandOutput,
  DescribeLoadBalancersCommandInput,
  DescribeLoadBalancersCommandOutput,
  DescribeTagsCommandInput,
  DescribeTagsCommandOutput,
  ModifyLoadBalancerAttributesCommandInput,
  ModifyLoadBalancerAttributesCommandOutput,
  RemoveTagsCommandInput,
  RemoveTagsCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { notSimulated, validationError } from './actions.ts';
import { describeAttributes, setAttributes } from './attributes.ts';
import { readSecurityGroups, readSubnets } from './balancer-network.ts';
import { describeLoadBalancer } from './descriptions.ts';
import type { Elbv2Model } from './model.ts';
import { page } from './paging.ts';
import { addTags, checkTags, tagList } from './tags.ts';
import { readIpAddressType } from './wire-balancer-changes.ts';

const mostTaggedResources = 20;

/** Load balancers, their attributes, and the tags of every kind of resource. */
export function loadBalancerOperations(model: Elbv2Model, world: World): WireService['operations'] {
  const { loadBalancers } = model;
  return {
    CreateLoadBalancer: operation<CreateLoadBalancerCommandInput, CreateLoadBalancerCommandOutput>(
      [
        'Name',
        'Subnets',
        'SubnetMappings',
        'SecurityGroups',
        'Scheme',
        'Tags',
        'Type',
        'IpAddressType',
      ],
      (input) => {
        checkTags(input.Tags);
        const type = input.Type || 'application';
        if (type !== 'application') throw notSimulated(`load balancer type ${type}`);
        const subnets = readSubnets(world, input);
        const created = loadBalancers.create({
          name: input.Name ?? '',
          scheme: input.Scheme,
          type: input.Type,
          subnets,
          securityGroups: readSecurityGroups(world, subnets, input.SecurityGroups),
          ipAddressType: readIpAddressType(input.IpAddressType),
          tags: input.Tags,
        });
        return { LoadBalancers: [describeLoadBalancer(created, world)] };
      },
    ),
    DeleteLoadBalancer: operation<DeleteLoadBalancerCommandInput, DeleteLoadBalancerCommandOutput>(
      ['LoadBalancerArn'],
      async (input) => {
        await model.deleteLoadBalancer(input.LoadBalancerArn ?? '');
        return {};
      },
    ),
    DescribeLoadBalancers: operation<
      DescribeLoadBalancersCommandInput,
      DescribeLoadBalancersCommandOutput
    >(['LoadBalancerArns', 'Names', 'Marker', 'PageSize'], (input) => {
      if (input.LoadBalancerArns?.length && input.Names?.length) {
        throw validationError(
          'Load balancer names and load balancer ARNs cannot be specified at the same time',
        );
      }
      const found = loadBalancers.select({ arns: input.LoadBalancerArns, names: input.Names });
      const { items, ...next } = page(found, input);
      return {
        LoadBalancers: items.map((item) => describeLoadBalancer(item, world)),
        ...next,
      };
    }),
    DescribeLoadBalancerAttributes: operation<
      DescribeLoadBalancerAttributesCommandInput,
      DescribeLoadBalancerAttributesCommandOutput
    >(['LoadBalancerArn'], (input) => ({
      Attributes: describeAttributes(loadBalancers.get(input.LoadBalancerArn ?? '').attributes),
    })),
    ModifyLoadBalancerAttributes: operation<
      ModifyLoadBalancerAttributesCommandInput,
      ModifyLoadBalancerAttributesCommandOutput
    >(['LoadBalancerArn', 'Attributes'], (input) => {
      const { attributes } = loadBalancers.get(input.LoadBalancerArn ?? '');
      setAttributes('Load balancer', attributes, input.Attributes ?? []);
      return { Attributes: describeAttributes(attributes) };
    }),
    DescribeCapacityReservation: operation<
      DescribeCapacityReservationCommandInput,
      DescribeCapacityReservationCommandOutput
    >(['LoadBalancerArn'], (input) => {
      loadBalancers.get(input.LoadBalancerArn ?? '');
      return { DecreaseRequestsRemaining: 2, CapacityReservationState: [] };
    }),
    DescribeTags: operation<DescribeTagsCommandInput, DescribeTagsCommandOutput>(
      ['ResourceArns'],
      (input) => {
        const arns = input.ResourceArns ?? [];
        if (arns.length > mostTaggedResources) {
          throw validationError(`At most ${mostTaggedResources} resource ARNs, not ${arns.length}`);
        }
        return {
          TagDescriptions: arns.map((ResourceArn) => ({
            ResourceArn,
            Tags: tagList(tagsOf(model, ResourceArn)),
          })),
        };
      },
    ),
    AddTags: operation<AddTagsCommandInput, AddTagsCommandOutput>(
      ['ResourceArns', 'Tags'],
      (input) => {
        for (const tags of (input.ResourceArns ?? []).map((arn) => tagsOf(model, arn))) {
          addTags(tags, input.Tags ?? []);
        }
        return {};
      },
    ),
    RemoveTags: operation<RemoveTagsCommandInput, RemoveTagsCommandOutput>(
      ['ResourceArns', 'TagKeys'],
      (input) => {
        for (const tags of (input.ResourceArns ?? []).map((arn) => tagsOf(model, arn))) {
          for (const key of input.TagKeys ?? []) tags.delete(key);
        }
        return {};
      },
    ),
  };
}

function tagsOf(model: Elbv2Model, arn: string): Map<string, string> {
  const [kind] = arn.split(':').slice(5).join(':').split('/');
  switch (kind) {
    case 'loadbalancer':
      return model.loadBalancers.get(arn).tags;
    case 'targetgroup':
      return model.targetGroups.get(arn).group.tags;
    case 'listener':
      return model.listeners.get(arn).tags;
    case 'listener-rule': {
      const found = model.rules.find(arn);
      if (found) return found.rule?.tags ?? found.listener.tags;
      throw new AwsError('RuleNotFoundException', 'One or more rules not found');
    }
    default:
      throw validationError(`'${arn}' is not a valid load balancing resource ARN`);
  }
}
