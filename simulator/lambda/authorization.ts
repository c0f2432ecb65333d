import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagKeys,
  text,
} from '../wire/authorization.ts';

/** Actions on Lambda: a qualified call is judged on the qualified ARN. */
export function lambdaAuthorization(
  { region, accountId }: Identity,
  policyOf: (functionName: string) => string | undefined,
): ServiceAuthorization {
  const functionArn = (name: unknown, qualifier?: unknown) => {
    const given = text(name);
    const short = given.replace(/^arn:aws:lambda:[^:]*:\d{12}:function:|^\d{12}:function:/, '');
    const suffix = text(qualifier) && !short.includes(':') ? `:${text(qualifier)}` : '';
    return `arn:aws:lambda:${region}:${accountId}:function:${short}${suffix}`;
  };
  const plainName = (arn: string) => arn.split(':')[6] ?? '';
  const ofFunction = (input: RequestMembers) => {
    const resource = functionArn(input.FunctionName, input.Qualifier);
    return { resource, resourcePolicy: policyOf(plainName(resource)) };
  };
  return {
    prefix: 'lambda',
    operations: {
      ...anyResource(
        'ListFunctions',
        'GetAccountSettings',
        'ListEventSourceMappings',
        'ListLayers',
      ),
      // The operation is Invoke, the action InvokeFunction.
      ...sameNeeds(
        (input) => ({ action: 'lambda:InvokeFunction', ...ofFunction(input) }),
        'Invoke',
        'InvokeAsync',
        'InvokeWithResponseStream',
      ),
      CreateFunction: (input) => [
        { ...ofFunction(input), keys: requestTagKeys(input.Tags) },
        ...passRole([input.Role], 'lambda.amazonaws.com', {
          'iam:AssociatedResourceArn': functionArn(input.FunctionName),
        }),
      ],
      UpdateFunctionConfiguration: (input) => [
        ofFunction(input),
        ...passRole([input.Role], 'lambda.amazonaws.com', {
          'iam:AssociatedResourceArn': functionArn(input.FunctionName),
        }),
      ],
      AddPermission: (input) => ({
        ...ofFunction(input),
        keys: { 'lambda:Principal': text(input.Principal) || undefined },
      }),
      ...sameNeeds(
        ofFunction,
        'CreateAlias',
        'DeleteAlias',
        'DeleteFunction',
        'DeleteFunctionConcurrency',
        'DeleteFunctionEventInvokeConfig',
        'GetAlias',
        'GetFunction',
        'GetFunctionCodeSigningConfig',
        'GetFunctionConcurrency',
        'GetFunctionConfiguration',
        'GetFunctionEventInvokeConfig',
        'GetPolicy',
        'ListAliases',
        'ListFunctionEventInvokeConfigs',
        'ListVersionsByFunction',
        'PublishVersion',
        'PutFunctionConcurrency',
        'PutFunctionEventInvokeConfig',
        'RemovePermission',
        'UpdateAlias',
        'UpdateFunctionCode',
        'UpdateFunctionEventInvokeConfig',
      ),
      ListTags: (input) => ({ resource: text(input.Resource) }),
      TagResource: (input) => ({
        resource: text(input.Resource),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({ resource: text(input.Resource), keys: tagKeys(input.TagKeys) }),
    },
  };
}
