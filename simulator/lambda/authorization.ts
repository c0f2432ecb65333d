import type { Identity } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import {
  anyResource,
  member,
  type NeededAction,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
} from '../wire/authorization.ts';

/** Actions on Lambda: a qualified call is judged on the qualified ARN. */
export function lambdaAuthorization(
  { region, accountId }: Identity,
  policyOf: (functionName: string) => string | undefined,
  bucketPolicyOf: (bucket: string) => string | undefined,
): ServiceAuthorization {
  const functionArn = (name: unknown, qualifier?: unknown) => {
    const given = text(name);
    const short = given.replace(/^arn:aws:lambda:[^:]*:\d{12}:function:|^\d{12}:function:/, '');
    const suffix = text(qualifier) && !short.includes(':') ? `:${text(qualifier)}` : '';
    return `arn:aws:lambda:${region}:${accountId}:function:${short}${suffix}`;
  };
  const layerArn = (name: unknown, version?: unknown) => {
    const short = text(name).split(':')[6] ?? text(name);
    const suffix = version === undefined ? '' : `:${version}`;
    return `arn:aws:lambda:${region}:${accountId}:layer:${short}${suffix}`;
  };
  const mappingArn = (id: string) =>
    `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${id}`;
  const eventSource = (input: RequestMembers) => ({
    resource: mappingArn(text(input.UUID)),
    ...(text(input.FunctionName) && {
      keys: { 'lambda:FunctionArn': functionArn(input.FunctionName) },
    }),
  });
  const plainName = (arn: string) => arn.split(':')[6] ?? '';
  const ofFunction = (input: RequestMembers) => {
    const resource = functionArn(input.FunctionName, input.Qualifier);
    return { resource, resourcePolicy: policyOf(plainName(resource)) };
  };
  const codeOf = (source: unknown) => codeReads(source, bucketPolicyOf);
  return {
    prefix: 'lambda',
    operations: {
      ...anyResource(
        'ListFunctions',
        'GetAccountSettings',
        'ListEventSourceMappings',
        'ListLayers',
        'ListLayerVersions',
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
        ...tagging('lambda:TagResource', functionArn(input.FunctionName), input.Tags),
        ...codeOf(input.Code),
      ],
      UpdateFunctionCode: (input) => [ofFunction(input), ...codeOf(input)],
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
        'DeleteProvisionedConcurrencyConfig',
        'GetAlias',
        'GetFunction',
        'GetFunctionCodeSigningConfig',
        'GetFunctionConcurrency',
        'GetFunctionConfiguration',
        'GetFunctionEventInvokeConfig',
        'GetPolicy',
        'GetProvisionedConcurrencyConfig',
        'ListAliases',
        'ListFunctionEventInvokeConfigs',
        'ListProvisionedConcurrencyConfigs',
        'ListVersionsByFunction',
        'PublishVersion',
        'PutFunctionConcurrency',
        'PutFunctionEventInvokeConfig',
        'PutProvisionedConcurrencyConfig',
        'RemovePermission',
        'UpdateAlias',
        'UpdateFunctionEventInvokeConfig',
      ),
      CreateEventSourceMapping: (input) => [
        {
          resource: '*',
          keys: {
            'lambda:FunctionArn': functionArn(input.FunctionName),
            ...requestTagKeys(input.Tags),
          },
        },
        ...tagging('lambda:TagResource', mappingArn('*'), input.Tags),
      ],
      ...sameNeeds(
        eventSource,
        'GetEventSourceMapping',
        'UpdateEventSourceMapping',
        'DeleteEventSourceMapping',
      ),
      PublishLayerVersion: (input) => [
        { resource: layerArn(input.LayerName) },
        ...codeOf(input.Content),
      ],
      ...sameNeeds(
        (input) => ({ resource: layerArn(input.LayerName, input.VersionNumber) }),
        'GetLayerVersion',
        'DeleteLayerVersion',
      ),
      GetLayerVersionByArn: (input) => ({
        action: 'lambda:GetLayerVersion',
        resource: text(input.Arn),
      }),
      ListTags: (input) => ({ resource: text(input.Resource) }),
      TagResource: (input) => ({
        resource: text(input.Resource),
        keys: requestTagKeys(input.Tags),
      }),
      UntagResource: (input) => ({ resource: text(input.Resource), keys: tagKeys(input.TagKeys) }),
    },
  };
}

/** Who hands over code in S3 must be allowed to read it, which Lambda tells in words of its own. */
function codeReads(
  source: unknown,
  bucketPolicyOf: (bucket: string) => string | undefined,
): NeededAction[] {
  const [bucket, key, version] = ['S3Bucket', 'S3Key', 'S3ObjectVersion'].map((name) =>
    text(member(source, name)),
  );
  if (!bucket || !key) return [];
  const refusal = new AwsError(
    'AccessDeniedException',
    `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${bucket}/${key}. S3 Error Code: AccessDenied. S3 Error Message: Access Denied`,
    { status: 403 },
  );
  return [
    {
      action: version ? 's3:GetObjectVersion' : 's3:GetObject',
      resource: `arn:aws:s3:::${bucket}/${key}`,
      resourcePolicy: bucketPolicyOf(bucket),
      refusal,
    },
  ];
}
