import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { recordResources } from '../../../simulator/cloudformation/record-resources.ts';
import { TemplateRefusedError } from '../../../simulator/cloudformation/template-refused-error.ts';
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

describe('patterns of parameters', () => {
  const template = (pattern: string, value: string) =>
    JSON.stringify({
      Parameters: { Name: { Type: 'String', Default: value, AllowedPattern: pattern } },
      Resources: { Thing: { Type: 'Test::Thing' } },
    });

  it.each([
    ['(?i)^[a-z]+$', 'Shop'],
    ['^(?i)prod|dev$', 'DEV'],
    ['[\\p{L}\\d]+', 'été2026'],
  ])('%s is read as Java reads it', (pattern, value) => {
    expect(plan(template(pattern, value)).parameters.get('Name')).toBe(value);
    expect(() => plan(template(pattern, '!'))).toThrow('must match');
  });

  it.each(['[a-z]*+', '\\p{Alnum}+', '['])('%s is refused by name', (pattern) => {
    expect(() => plan(template(pattern, 'shop'))).toThrow(
      `AllowedPattern ${pattern}, not modelled`,
    );
  });
});

describe('values that are missing', () => {
  const refusal = (template: string) => {
    try {
      plan(template);
    } catch (error) {
      if (error instanceof TemplateRefusedError) return error.awsMessage;
      throw error;
    }
    return undefined;
  };

  it.each([
    [
      'Resources:\n  A:\n    Type: Test::Thing\n    Properties:\n      Name:',
      '/Resources/A/Type/Name',
    ],
    ['Resources:\n  A:\n    Type: Test::Thing\n    DependsOn: [~]', '/Resources/A/DependsOn/0'],
    ['Mappings:\n  M: {a: {b: }}\nResources:\n  A:\n    Type: Test::Thing', '/Mappings/M/a/b'],
    ['Resources:\n  A:\n    Type: Test::Thing\nOutputs:', '/Outputs'],
  ])('%j', (template, path) => {
    expect(refusal(template)).toBe(`[${path}] 'null' values are not allowed in templates`);
  });
});

describe('attributes of resources', () => {
  it('any resource may be described', () => {
    const template = 'Resources: { A: { Type: Test::Thing, Description: the only one } }';
    expect(plan(template).order).toEqual(['A']);
  });

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
