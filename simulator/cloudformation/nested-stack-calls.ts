import type { ChangeCalls, Properties } from './change-call.ts';
import type { CreationCalls } from './creation-call.ts';

const stack = 'AWS::CloudFormation::Stack';
const members = (StackName: string, { TemplateURL, Tags }: Properties) => ({
  StackName,
  TemplateURL,
  Tags,
});

/** A nested stack is one more stack of the same caller or role, who makes what is in it as well. */
export const nestedStackCreations: Readonly<Record<string, CreationCalls>> = {
  [stack]: {
    make: ({ properties, named }) => [
      // Its name is always made up: the type has no property for it.
      ['cloudformation', 'CreateStack', members(named('StackName'), properties)],
    ],
  },
};

export const nestedStackCalls: Readonly<Record<string, ChangeCalls>> = {
  [stack]: {
    update: ({ physicalId, after }) => [
      ['cloudformation', 'UpdateStack', members(physicalId, after)],
    ],
    delete: ({ physicalId: StackName }) => [['cloudformation', 'DeleteStack', { StackName }]],
  },
};
