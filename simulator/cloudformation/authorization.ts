import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type NeededAction,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  text,
} from '../wire/authorization.ts';

/** Actions on CloudFormation: a stack is `stack/NAME/ID`; by name its id is any. */
export function cloudFormationAuthorization(
  { region, accountId }: Identity,
  templateRead: (templateUrl: string) => NeededAction[],
): ServiceAuthorization {
  const stack = (input: RequestMembers) => {
    const given = text(input.StackName ?? input.StackId);
    if (given.startsWith('arn:')) return given;
    return `arn:aws:cloudformation:${region}:${accountId}:stack/${given || '*'}/*`;
  };
  const onStack = (input: RequestMembers) => ({ resource: stack(input) });
  const reading = (input: RequestMembers) => templateRead(text(input.TemplateURL));
  const changing = (input: RequestMembers) => [
    {
      resource: stack(input),
      keys: {
        ...requestTagKeys(input.Tags),
        'cloudformation:RoleArn': text(input.RoleARN) || undefined,
        'cloudformation:ChangeSetName': text(input.ChangeSetName) || undefined,
        'cloudformation:TemplateUrl': text(input.TemplateURL) || undefined,
      },
    },
    ...passRole([input.RoleARN], 'cloudformation.amazonaws.com'),
    ...reading(input),
  ];
  return {
    prefix: 'cloudformation',
    operations: {
      ...anyResource(
        'ListStacks',
        'ListExports',
        'ListImports',
        'DescribeAccountLimits',
        'ListTypes',
        'DescribeType',
      ),
      ...sameNeeds(
        (input) => [{ resource: '*' }, ...reading(input)],
        'EstimateTemplateCost',
        'ValidateTemplate',
      ),
      GetTemplateSummary: (input) => [onStack(input), ...reading(input)],
      ...sameNeeds(
        onStack,
        'CancelUpdateStack',
        'ContinueUpdateRollback',
        'DescribeChangeSet',
        'DeleteChangeSet',
        'DescribeStackDriftDetectionStatus',
        'DescribeStackEvents',
        'DescribeStackResource',
        'DescribeStackResources',
        'DescribeStacks',
        'DetectStackDrift',
        'GetStackPolicy',
        'GetTemplate',
        'ListChangeSets',
        'ListStackResources',
        'RollbackStack',
        'SetStackPolicy',
        'SignalResource',
        'UpdateTerminationProtection',
      ),
      ...sameNeeds(
        changing,
        'CreateChangeSet',
        'CreateStack',
        'DeleteStack',
        'ExecuteChangeSet',
        'UpdateStack',
      ),
    },
  };
}
