import type {
  DeleteScalingPolicyCommandInput,
  DeleteScalingPolicyCommandOutput,
  DeregisterScalableTargetCommandInput,
  DeregisterScalableTargetCommandOutput,
  DescribeScalableTargetsCommandInput,
  DescribeScalableTargetsCommandOutput,
  DescribeScalingActivitiesCommandInput,
  DescribeScalingActivitiesCommandOutput,
  DescribeScalingPoliciesCommandInput,
  DescribeScalingPoliciesCommandOutput,
  DescribeScheduledActionsCommandInput,
  DescribeScheduledActionsCommandOutput,
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  PutScalingPolicyCommandInput,
  PutScalingPolicyCommandOutput,
  RegisterScalableTargetCommandInput,
  RegisterScalableTargetCommandOutput,
  TagResourceCommandInput,
  TagResourceCommandOutput,
  UntagResourceCommandInput,
  UntagResourceCommandOutput,
} from '@aws-sdk/client-application-auto-scaling';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import { operation, type WireService } from '../wire/operation.ts';
import type { ApplicationAutoScalingModel, TargetKey } from './model.ts';

const pageSize = 50;

/** The Application Auto Scaling API. */
export function applicationAutoScalingWire(model: ApplicationAutoScalingModel): WireService {
  return {
    name: 'application-auto-scaling',
    operations: {
      RegisterScalableTarget: operation<
        RegisterScalableTargetCommandInput,
        RegisterScalableTargetCommandOutput
      >(
        [
          'ServiceNamespace',
          'ResourceId',
          'ScalableDimension',
          'MinCapacity',
          'MaxCapacity',
          'RoleARN',
          'SuspendedState',
          'Tags',
        ],
        (input) => ({ ScalableTargetARN: model.register(input).ScalableTargetARN }),
      ),
      DeregisterScalableTarget: operation<
        DeregisterScalableTargetCommandInput,
        DeregisterScalableTargetCommandOutput
      >(['ServiceNamespace', 'ResourceId', 'ScalableDimension'], (input) => {
        model.deregister(input);
        return {};
      }),
      DescribeScalableTargets: operation<
        DescribeScalableTargetsCommandInput,
        DescribeScalableTargetsCommandOutput
      >(
        ['ServiceNamespace', 'ResourceIds', 'ScalableDimension', 'MaxResults', 'NextToken'],
        (input) => {
          const { ResourceIds } = input;
          const found = model
            .targets()
            .filter((target) => fits(target, { ...input, ResourceId: undefined }))
            .filter(
              ({ ResourceId = '' }) => !ResourceIds?.length || ResourceIds.includes(ResourceId),
            );
          const { items, more } = page(found, input);
          return { ScalableTargets: items, ...more };
        },
      ),
      PutScalingPolicy: operation<PutScalingPolicyCommandInput, PutScalingPolicyCommandOutput>(
        [
          'PolicyName',
          'ServiceNamespace',
          'ResourceId',
          'ScalableDimension',
          'PolicyType',
          'StepScalingPolicyConfiguration',
          'TargetTrackingScalingPolicyConfiguration',
        ],
        (input) => {
          const { PolicyARN, Alarms } = model.putPolicy(input);
          return { PolicyARN, Alarms };
        },
      ),
      DeleteScalingPolicy: operation<
        DeleteScalingPolicyCommandInput,
        DeleteScalingPolicyCommandOutput
      >(['PolicyName', 'ServiceNamespace', 'ResourceId', 'ScalableDimension'], (input) => {
        model.deletePolicy(input);
        return {};
      }),
      DescribeScalingPolicies: operation<
        DescribeScalingPoliciesCommandInput,
        DescribeScalingPoliciesCommandOutput
      >(
        [
          'PolicyNames',
          'ServiceNamespace',
          'ResourceId',
          'ScalableDimension',
          'MaxResults',
          'NextToken',
        ],
        (input) => {
          const names = input.PolicyNames;
          const found = model
            .policies()
            .filter((policy) => fits(policy, input))
            .filter(({ PolicyName = '' }) => !names?.length || names.includes(PolicyName));
          const { items, more } = page(found, input);
          return { ScalingPolicies: items, ...more };
        },
      ),
      // Nothing is ever scaled, neither by policy nor by schedule.
      DescribeScalingActivities: operation<
        DescribeScalingActivitiesCommandInput,
        DescribeScalingActivitiesCommandOutput
      >(
        [
          'ServiceNamespace',
          'ResourceId',
          'ScalableDimension',
          'MaxResults',
          'NextToken',
          'IncludeNotScaledActivities',
        ],
        () => ({ ScalingActivities: [] }),
      ),
      DescribeScheduledActions: operation<
        DescribeScheduledActionsCommandInput,
        DescribeScheduledActionsCommandOutput
      >(
        [
          'ServiceNamespace',
          'ScheduledActionNames',
          'ResourceId',
          'ScalableDimension',
          'MaxResults',
          'NextToken',
        ],
        () => ({ ScheduledActions: [] }),
      ),
      ListTagsForResource: operation<
        ListTagsForResourceCommandInput,
        ListTagsForResourceCommandOutput
      >(['ResourceARN'], ({ ResourceARN = '' }) => ({
        Tags: Object.fromEntries(model.tagsOf(ResourceARN)),
      })),
      TagResource: operation<TagResourceCommandInput, TagResourceCommandOutput>(
        ['ResourceARN', 'Tags'],
        ({ ResourceARN = '', Tags = {} }) => {
          model.tag(ResourceARN, Tags);
          return {};
        },
      ),
      UntagResource: operation<UntagResourceCommandInput, UntagResourceCommandOutput>(
        ['ResourceARN', 'TagKeys'],
        ({ ResourceARN = '', TagKeys = [] }) => {
          const tags = model.tagsOf(ResourceARN);
          for (const key of TagKeys) tags.delete(key);
          return {};
        },
      ),
    },
  };
}

function fits(item: TargetKey, { ServiceNamespace, ResourceId, ScalableDimension }: TargetKey) {
  return (
    item.ServiceNamespace === ServiceNamespace &&
    (!ResourceId || item.ResourceId === ResourceId) &&
    (!ScalableDimension || item.ScalableDimension === ScalableDimension)
  );
}

function page<T>(
  all: readonly T[],
  { MaxResults, NextToken }: { MaxResults?: number | undefined; NextToken?: string | undefined },
): { items: T[]; more: { NextToken?: string } } {
  const size = Math.min(Math.max(MaxResults ?? pageSize, 1), pageSize);
  const refuse = () => new AwsError('InvalidNextTokenException', 'Invalid next token');
  const { items, next } = pageOf(all, { token: NextToken, size, refuse });
  return { items, more: next === undefined ? {} : { NextToken: next } };
}
