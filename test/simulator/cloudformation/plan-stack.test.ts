import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { TemplateRefusedError } from '../../../simulator/cloudformation/template-refused-error.ts';
import { testProviders, testWorld } from './loading.ts';

let testing: ReturnType<typeof testWorld>;
beforeEach(() => {
  testing = testWorld();
});
afterEach(() => testing.stop());

function plan(template: unknown, given: Record<string, string> = {}) {
  const source = { stackName: 'Demo', templateBody: JSON.stringify(template) };
  return planStack(testing.model, testProviders().providers, source, {
    given,
    ssm: { '/v': '30' },
  });
}

function problems(template: unknown, given: Record<string, string> = {}): readonly string[] {
  try {
    plan(template, given);
  } catch (error) {
    if (error instanceof TemplateRefusedError) return error.problems;
    throw error;
  }
  return [];
}

describe('planStack', () => {
  it('orders resources by Ref, GetAtt, Sub and DependsOn', () => {
    const { order } = plan({
      Resources: {
        BySub: { Type: 'Test::Thing', Properties: { Name: { 'Fn::Sub': '${ByGetAtt.Arn}' } } },
        ByGetAtt: { Type: 'Test::Thing', Properties: { Name: { 'Fn::GetAtt': ['ByRef', 'Arn'] } } },
        ByRef: { Type: 'Test::Thing', Properties: { Uses: [{ Ref: 'ByDependsOn' }] } },
        ByDependsOn: { Type: 'Test::Thing', DependsOn: 'First' },
        First: { Type: 'Test::Thing' },
      },
    });
    expect(order).toEqual(['First', 'ByDependsOn', 'ByRef', 'ByGetAtt', 'BySub']);
  });

  it('lists everything that is not modelled at once, by stack, logical id, type and path', () => {
    expect(
      problems({
        Resources: {
          Bucket: { Type: 'AWS::Unheard::Of' },
          Thing: {
            Type: 'Test::Thing',
            Properties: {
              Name: { Ref: 'Missing' },
              Colour: 'red',
              Nested: { Deep: { 'Fn::Transform': { Name: 'x' } }, Deeper: 1 },
              Uses: ['{{resolve:ssm-secure:/password}}'],
            },
          },
          Lone: { Type: 'Test::Other', DependsOn: ['Nobody'], Properties: { Size: 'large' } },
        },
      }),
    ).toEqual([
      'Stack Demo: Thing (Test::Thing): Nested.Deep: Fn::Transform is not modelled',
      'Stack Demo: Thing (Test::Thing): Uses.0: dynamic reference {{resolve:ssm-secure:/password}} is not modelled',
      'Stack Demo: Thing (Test::Thing): Name: refers to "Missing", which is not in the template',
      'Stack Demo: Lone (Test::Other): DependsOn: "Nobody" is not in the template',
      'Stack Demo: Bucket (AWS::Unheard::Of): resource type is not modelled',
      'Stack Demo: Thing (Test::Thing): Nested.Deeper: property is not modelled',
      'Stack Demo: Thing (Test::Thing): Colour: property is not modelled',
      'Stack Demo: Lone (Test::Other): Size: Invalid input',
    ]);
  });

  it('refuses loops by name, not as malformed resources', () => {
    const loop = ['N', ['a', 'b'], { ['Thing$' + '{N}']: { Type: 'Test::Thing' } }];
    expect(
      problems({
        Transform: 'AWS::LanguageExtensions',
        Resources: { 'Fn::ForEach::Things': loop, One: { Type: 'Test::Thing' } },
      }),
    ).toEqual(['Stack Demo: Fn::ForEach::Things: Fn::ForEach is not modelled']);
  });

  it('accepts values of every type that are known only after creation', () => {
    const later = { 'Fn::GetAtt': ['Other', 'Arn'] };
    expect(
      problems({
        Resources: {
          Other: { Type: 'Test::Other' },
          Thing: {
            Type: 'Test::Thing',
            Properties: { Name: later, Size: later, Uses: [later], Nested: later },
          },
        },
      }),
    ).toEqual([]);
  });

  it('names a circle of resources', () => {
    expect(
      problems({
        Resources: {
          A: { Type: 'Test::Thing', Properties: { Name: { Ref: 'B' } } },
          B: { Type: 'Test::Thing', DependsOn: 'A' },
        },
      }),
    ).toEqual(['Stack Demo: Resources: circular dependency: A -> B -> A']);
  });

  it('leaves out resources whose condition is false, also from what else is checked', () => {
    const template = {
      Parameters: { Stage: { Type: 'String', Default: 'test', AllowedValues: ['test', 'prod'] } },
      Conditions: {
        IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        IsTest: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      },
      Resources: {
        Big: { Type: 'Test::Thing', Condition: 'IsProd', Properties: { Fancy: true } },
        Small: { Type: 'Test::Thing', Condition: 'IsTest' },
      },
    };
    expect(plan(template).order).toEqual(['Small']);
    expect(problems(template, { Stage: 'prod' })).toEqual([
      'Stack Demo: Big (Test::Thing): Fancy: property is not modelled',
    ]);
    expect(problems(template, { Stage: 'dev' })).toEqual([
      'Stack Demo: parameter Stage is "dev", must be one of test, prod',
    ]);
  });

  it.each([
    [{ N: { Type: 'Number', MinValue: 2 } }, { N: '1' }, 'parameter N is "1", must be at least 2'],
    [{ N: { Type: 'Number' } }, { N: 'two' }, 'parameter N is "two", must be a number'],
    [{ S: { Type: 'String' } }, {}, 'parameter S has no default and no value was given'],
    [
      { S: { Type: 'String', AllowedPattern: '[a-z]+' } },
      { S: 'a1' },
      'parameter S is "a1", must match [a-z]+',
    ],
    [
      { S: { Type: 'String', MinLength: 3 } },
      { S: 'ab' },
      'parameter S is "ab", must have at least 3 characters',
    ],
    [{}, { Typo: 'x' }, 'parameter Typo is not in the template'],
    [
      { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/w' } },
      {},
      'parameter P refers to "/w" of Systems Manager, which is not there',
    ],
    [
      { P: { Type: 'AWS::New::Kind' } },
      { P: 'x' },
      'parameter P has type AWS::New::Kind, which is not modelled',
    ],
  ])('refuses parameters %j with %j', (Parameters, given, problem) => {
    expect(problems({ Parameters, Resources: {} }, given)).toEqual([`Stack Demo: ${problem}`]);
  });

  it('applies the rule with which the CDK checks its bootstrap version', () => {
    const template = (version: string) => ({
      Parameters: { V: { Type: 'String', Default: version } },
      Rules: {
        CheckBootstrapVersion: {
          Assertions: [
            {
              Assert: {
                'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3', '4', '5'], { Ref: 'V' }] }],
              },
              AssertDescription: 'bootstrap 6 required',
            },
          ],
        },
      },
      Resources: {},
    });
    expect(problems(template('30'))).toEqual([]);
    expect(problems(template('5'))).toEqual([
      'Stack Demo: rule CheckBootstrapVersion: bootstrap 6 required',
    ]);
  });

  it('refuses sections and resource attributes that would change the meaning', () => {
    expect(
      problems({
        Transform: 'AWS::Serverless-2016-10-31',
        Resources: { A: { Type: 'Test::Thing', CreationPolicy: {} } },
      }),
    ).toEqual([
      'Stack Demo: template Transform: of the transforms only AWS::LanguageExtensions is modelled',
      'Stack Demo: template Resources.A.CreationPolicy: modelled for Auto Scaling groups only',
    ]);
  });

  it.each([
    ['{ "Resources": ', /^Stack Demo: template is not JSON: /, /JSON not well-formed/],
    ['Resources: [', /^Stack Demo: template is not YAML: /, /YAML not well-formed\. \(line 1, /],
    ['just a text', /^Stack Demo: template is not an object$/, /unsupported structure\.$/],
  ])('refuses %j, in the words of AWS as well', (templateBody, problem, aws) => {
    const source = { stackName: 'Demo', templateBody };
    try {
      planStack(testing.model, {}, source, { given: {}, ssm: {} });
      expect.unreachable();
    } catch (error) {
      expect((error as TemplateRefusedError).problems[0]).toMatch(problem);
      expect((error as TemplateRefusedError).awsMessage).toMatch(aws);
    }
  });

  it('refuses a reference to a resource whose condition is false, unless an Fn::If avoids it', () => {
    const template = (Name: unknown) => ({
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Optional: { Type: 'Test::Thing', Condition: 'Never' },
        User: { Type: 'Test::Other', Properties: { Name } },
      },
      Outputs: { Id: { Condition: 'Never', Value: { Ref: 'Optional' } } },
    });
    expect(problems(template({ 'Fn::If': ['Never', { Ref: 'Optional' }, 'none'] }))).toEqual([]);
    expect(problems(template({ Ref: 'Optional' }))).toEqual([
      'Stack Demo: User (Test::Other): refers to Optional, whose condition is false',
    ]);
  });

  it('refuses an import that no stack exports, and an output that cannot be computed', () => {
    expect(
      problems({
        Resources: { A: { Type: 'Test::Thing', Properties: { Name: { 'Fn::ImportValue': 'x' } } } },
        Outputs: { Bad: { Value: { 'Fn::Select': [3, ['a']] } } },
      }),
    ).toEqual([
      'Stack Demo: A (Test::Thing): No export named x found',
      'Stack Demo: output Bad: Fn::Select has no item 3 in a list of 1',
    ]);
  });

  it('names conditions that go in a circle and conditions that are missing', () => {
    expect(
      problems({
        Conditions: {
          A: { 'Fn::Not': [{ Condition: 'B' }] },
          B: { 'Fn::Not': [{ Condition: 'A' }] },
        },
        Resources: {
          One: { Type: 'Test::Thing', Condition: 'A' },
          Two: { Type: 'Test::Thing', Properties: { Name: { 'Fn::If': ['C', 'x', 'y'] } } },
        },
      }),
    ).toEqual([
      'Stack Demo: One: Conditions are circular: A -> B -> A',
      'Stack Demo: Two (Test::Thing): Name: asks condition "C", which is not in the template',
    ]);
  });
});
