import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

/** Actions on Application Auto Scaling: a target's ARN has an id that only the service knows. */
export function applicationAutoScalingAuthorization({
  region,
  accountId,
}: Identity): ServiceAuthorization {
  const onTarget = (input: RequestMembers) => ({
    resource: `arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/*`,
    keys: {
      ...requestTagKeys(input.Tags),
      'application-autoscaling:service-namespace': text(input.ServiceNamespace) || undefined,
      'application-autoscaling:scalable-dimension': text(input.ScalableDimension) || undefined,
    },
  });
  return {
    prefix: 'application-autoscaling',
    operations: {
      ...anyResource(
        'DescribeScalableTargets',
        'DescribeScalingActivities',
        'DescribeScalingPolicies',
        'DescribeScheduledActions',
      ),
      ...sameNeeds(
        onTarget,
        'DeleteScalingPolicy',
        'DeleteScheduledAction',
        'DeregisterScalableTarget',
        'PutScalingPolicy',
        'PutScheduledAction',
      ),
      RegisterScalableTarget: (input) => [
        onTarget(input),
        ...passRole([input.RoleARN], 'application-autoscaling.amazonaws.com'),
        ...tagging('application-autoscaling:TagResource', onTarget(input).resource, input.Tags),
      ],
      ListTagsForResource: (input) => ({ resource: text(input.ResourceARN) }),
      TagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.ResourceARN),
        keys: tagKeys(input.TagKeys),
      }),
    },
  };
}
