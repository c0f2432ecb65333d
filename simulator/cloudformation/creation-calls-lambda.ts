import { type CreationCalls, makes, whenGiven } from './creation-call.ts';

/** Functions and what hangs on them. */
export const lambdaCreations: Readonly<Record<string, CreationCalls>> = {
  'AWS::Lambda::Function': makes(
    'lambda',
    'CreateFunction',
    { FunctionName: 'FunctionName', Role: 'Role', Code: 'Code', Tags: 'Tags' },
    (made) =>
      whenGiven(made, 'ReservedConcurrentExecutions', [
        'lambda',
        'PutFunctionConcurrency',
        { FunctionName: made.physicalId },
      ]),
  ),
  'AWS::Lambda::Alias': makes('lambda', 'CreateAlias', { FunctionName: 'FunctionName' }),
  'AWS::Lambda::EventSourceMapping': makes('lambda', 'CreateEventSourceMapping', {
    FunctionName: 'FunctionName',
    Tags: 'Tags',
  }),
  'AWS::Lambda::LayerVersion': makes('lambda', 'PublishLayerVersion', {
    LayerName: 'LayerName',
    Content: 'Content',
  }),
  'AWS::Lambda::Permission': makes('lambda', 'AddPermission', {
    FunctionName: 'FunctionName',
    Principal: 'Principal',
  }),
  'AWS::Lambda::Version': makes('lambda', 'PublishVersion', { FunctionName: 'FunctionName' }),
};
