import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { recordResources } from '../../../simulator/cloudformation/record-resources.ts';
import { testProviders, testWorld } from './loading.ts';

let testing: ReturnType<typeof testWorld>;
beforeEach(() => {
  testing = testWorld();
});
afterEach(() => testing.stop());

const providers = () => ({
  ...testProviders().providers,
  ...recordResources(),
});

function plan(templateBody: string, given: Record<string, string> = {}) {
  const source = { stackName: 'Demo', templateBody };
  return planStack(testing.model, providers(), source, { given, ssm: {} });
}

describe('what CloudFormation takes although its documentation says otherwise', () => {
  it('booleans as defaults and allowed values of parameters are texts', () => {
    const template = `
Parameters:
  Public: { Type: String, Default: false, AllowedValues: [true, false] }
Resources:
  Thing: { Type: Test::Thing, Properties: { Name: !Ref Public } }`;
    expect(plan(template).parameters.get('Public')).toBe('false');
    expect(plan(template, { Public: 'true' }).parameters.get('Public')).toBe('true');
    expect(() => plan(template, { Public: 'yes' })).toThrow('must be one of true, false');
  });
});

describe('attributes of resources', () => {
  it('a custom resource has a version, others have none', () => {
    const template = (Type: string) =>
      `{"Resources":{"R":{"Type":"${Type}","Version":"1.0","Properties":{}}}}`;
    expect(() => plan(template('Custom::Thing'))).toThrow('resource type is not modelled');
    expect(() => plan(template('Test::Thing'))).toThrow('only custom resources have one');
  });

  it('a group may wait for signals of its instances', () => {
    const template = `
Resources:
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    CreationPolicy: { ResourceSignal: { Count: 1, Timeout: PT15M } }
    Properties: { MinSize: 1, MaxSize: 1 }`;
    expect(plan(template).order).toEqual(['Group']);
  });
});
