import {
  type ChangeCall,
  type ChangeCalls,
  type Properties,
  type PropertyChange,
  tagCalls,
  whenChanged,
  whenOthersChanged,
} from './change-call.ts';

const ofFunction = ({ FunctionName, Qualifier }: Properties) => ({ FunctionName, Qualifier });
const codeProperties = ['Code', 'Architectures'];
const concurrency = 'ReservedConcurrentExecutions';

function concurrencyCall(FunctionName: string, after: Properties): ChangeCall {
  const operation =
    after[concurrency] === undefined ? 'DeleteFunctionConcurrency' : 'PutFunctionConcurrency';
  return ['lambda', operation, { FunctionName }];
}

function tagsOn(change: PropertyChange, Resource: unknown): ChangeCall[] {
  return tagCalls(
    change,
    (Tags) => ['lambda', 'TagResource', { Resource, Tags }],
    (TagKeys) => ['lambda', 'UntagResource', { Resource, TagKeys }],
  );
}

/** Functions and what hangs on them. */
export const lambdaCalls: Readonly<Record<string, ChangeCalls>> = {
  'AWS::Lambda::Function': {
    update: (change) => {
      const { physicalId: FunctionName, after, changed } = change;
      const Role = changed.has('Role') ? after.Role : undefined;
      const elsewhere = [...codeProperties, concurrency, 'Tags'];
      return [
        ...whenChanged(change, codeProperties, [
          'lambda',
          'UpdateFunctionCode',
          { FunctionName, ...(after.Code ?? {}) },
        ]),
        ...whenOthersChanged(change, elsewhere, [
          'lambda',
          'UpdateFunctionConfiguration',
          { FunctionName, Role },
        ]),
        ...whenChanged(change, [concurrency], concurrencyCall(FunctionName, after)),
        ...tagsOn(change, change.attributes.Arn),
      ];
    },
    delete: ({ physicalId: FunctionName }) => [['lambda', 'DeleteFunction', { FunctionName }]],
  },
  'AWS::Lambda::LayerVersion': {
    delete: ({ physicalId }) => {
      const [LayerName, VersionNumber] = physicalId.split(':').slice(6);
      return [['lambda', 'DeleteLayerVersion', { LayerName, VersionNumber }]];
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    update: (change) => {
      const members = { UUID: change.physicalId, FunctionName: change.after.FunctionName };
      return [
        ...whenOthersChanged(change, ['Tags'], ['lambda', 'UpdateEventSourceMapping', members]),
        ...tagsOn(change, change.attributes.EventSourceMappingArn),
      ];
    },
    delete: ({ physicalId: UUID, properties: { FunctionName } }) => [
      ['lambda', 'DeleteEventSourceMapping', { UUID, FunctionName }],
    ],
  },
  'AWS::Lambda::Permission': {
    delete: ({ properties: { FunctionName } }) => [
      ['lambda', 'RemovePermission', { FunctionName }],
    ],
  },
  'AWS::Lambda::EventInvokeConfig': {
    update: ({ after }) => [['lambda', 'PutFunctionEventInvokeConfig', ofFunction(after)]],
    delete: ({ properties }) => [
      ['lambda', 'DeleteFunctionEventInvokeConfig', ofFunction(properties)],
    ],
  },
  // A version goes by DeleteFunction, whose resource has its number behind it: the physical id is that ARN.
  'AWS::Lambda::Version': {
    delete: ({ physicalId: FunctionName }) => [['lambda', 'DeleteFunction', { FunctionName }]],
  },
  'AWS::Lambda::Alias': {
    update: ({ after: { FunctionName } }) => [['lambda', 'UpdateAlias', { FunctionName }]],
    delete: ({ properties: { FunctionName } }) => [['lambda', 'DeleteAlias', { FunctionName }]],
  },
};
