import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

/** Actions on CloudWatch Logs: groups as `log-group:NAME:*`, streams as `…:log-stream:NAME`. */
export function logsAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:logs:${region}:${accountId}:${rest}`;
  const groupName = (input: RequestMembers) =>
    text(input.logGroupName ?? input.logGroupIdentifier)
      .replace(/^.*:log-group:/, '')
      .replace(/:\*$/, '');
  const onGroup = (input: RequestMembers) => ({
    resource: arn(`log-group:${groupName(input)}:*`),
    keys: requestTagKeys(input.tags),
  });
  // Denials name the stream to be, of a group the empty one (aws-solutions/aws-crr-monitor #8,
  // terraform-aws-modules/terraform-aws-ecs #313).
  const onNewGroup = (input: RequestMembers) => ({
    resource: arn(`log-group:${groupName(input)}:log-stream:`),
    keys: requestTagKeys(input.tags),
  });
  const onStream = (input: RequestMembers) => ({
    resource: arn(`log-group:${groupName(input)}:log-stream:${text(input.logStreamName)}`),
  });
  return {
    prefix: 'logs',
    operations: {
      ...anyResource(
        'DescribeQueries',
        'TestMetricFilter',
        'DeleteResourcePolicy',
        'DescribeResourcePolicies',
        'PutResourcePolicy',
        'GetQueryResults',
        'StopQuery',
      ),
      DescribeLogGroups: (input) => ({
        resource: arn(`log-group:${text(input.logGroupNamePrefix)}:log-stream:*`),
      }),
      ...sameNeeds(
        onGroup,
        'AssociateKmsKey',
        'DisassociateKmsKey',
        'DeleteLogGroup',
        'DeleteMetricFilter',
        'DeleteRetentionPolicy',
        'DeleteSubscriptionFilter',
        'DescribeLogStreams',
        'DescribeMetricFilters',
        'DescribeSubscriptionFilters',
        'FilterLogEvents',
        'GetLogGroupFields',
        'ListTagsLogGroup',
        'PutMetricFilter',
        'PutRetentionPolicy',
        'PutSubscriptionFilter',
        'TagLogGroup',
        'UntagLogGroup',
      ),
      CreateLogGroup: (input) => [
        onNewGroup(input),
        ...tagging('logs:TagResource', onGroup(input).resource, input.tags),
      ],
      ...sameNeeds(onStream, 'CreateLogStream', 'DeleteLogStream', 'GetLogEvents', 'PutLogEvents'),
      StartQuery: (input) =>
        (texts(input.logGroupNames).length > 0
          ? texts(input.logGroupNames)
          : [groupName(input)]
        ).map((name) => ({ resource: arn(`log-group:${name}:*`) })),
      ListTagsForResource: (input) => ({ resource: text(input.resourceArn) }),
      TagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: requestTagKeys(input.tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: tagKeys(input.tagKeys),
      }),
    },
  };
}
