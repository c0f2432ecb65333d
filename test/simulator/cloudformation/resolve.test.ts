import { describe, expect, it } from 'vitest';
import { noValue, resolve } from '../../../simulator/cloudformation/resolve.ts';
import type { Scope } from '../../../simulator/cloudformation/scope.ts';
import { Unresolved } from '../../../simulator/cloudformation/unresolved.ts';

const later = new Unresolved('Ref Later');
const scope: Scope = {
  ref: (name) => {
    const values: Record<string, unknown> = {
      'AWS::Region': 'eu-central-1',
      Queue: 'queue-url',
      Count: 3,
      Subnets: ['subnet-1', 'subnet-2'],
      Later: later,
    };
    if (!(name in values)) throw new Error(`no ${name}`);
    return values[name];
  },
  getAtt: (logicalId, attribute) => (logicalId === 'Later' ? later : `${logicalId}/${attribute}`),
  importValue: (name) => `imported ${name}`,
  mapping: (map, first, second, fallback) =>
    fallback ? fallback.value : [map, first, second].join('>'),
  condition: (name) => name === 'Yes',
  availabilityZones: (region) => [`${region}a`, `${region}b`],
};

describe('resolve', () => {
  it.each<[string, unknown, unknown]>([
    ['Ref', { Ref: 'Queue' }, 'queue-url'],
    ['Ref to a list', { Ref: 'Subnets' }, ['subnet-1', 'subnet-2']],
    ['GetAtt as a pair', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
    ['GetAtt with a dotted attribute', { 'Fn::GetAtt': 'Db.Endpoint.Port' }, 'Db/Endpoint.Port'],
    [
      'Sub',
      { 'Fn::Sub': 'a-${Queue}-${Db.Arn}-${!Queue}-${AWS::Region}' },
      'a-queue-url-Db/Arn-${Queue}-eu-central-1',
    ],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${X}/${Queue}', { X: { Ref: 'Count' } }] },
      '3/queue-url',
    ],
    [
      'Sub variable with the name of a resource',
      { 'Fn::Sub': ['${Queue}', { Queue: 'mine' }] },
      'mine',
    ],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Count' }, 'c']] }, 'a-3-c'],
    [
      'Join of a reference to a list',
      { 'Fn::Join': [',', { Ref: 'Subnets' }] },
      'subnet-1,subnet-2',
    ],
    ['Split', { 'Fn::Split': ['|', 'a|b||'] }, ['a', 'b', '', '']],
    ['Select', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b,c'] }] }, 'b'],
    ['Select by a text', { 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }, 'eu-central-1a'],
    ['GetAZs of a Region', { 'Fn::GetAZs': 'us-west-2' }, ['us-west-2a', 'us-west-2b']],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'net-${Count}' } }, 'imported net-3'],
    [
      'FindInMap',
      { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'big'] },
      'Sizes>eu-central-1>big',
    ],
    ['If, first branch', { 'Fn::If': ['Yes', { Ref: 'Queue' }, 'no'] }, 'queue-url'],
    ['If, second branch', { 'Fn::If': ['No', { Ref: 'Queue' }, 'no'] }, 'no'],
    ['Base64', { 'Fn::Base64': 'gate' }, 'Z2F0ZQ=='],
    [
      'Cidr',
      { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] },
      ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
    ],
    ['Equals', { 'Fn::Equals': [{ Ref: 'Count' }, '3'] }, true],
    ['And', { 'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }] }, false],
    ['Or', { 'Fn::Or': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }] }, true],
    ['Not', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, true],
    ['Contains', { 'Fn::Contains': [['1', '2'], '6'] }, false],
    [
      'EachMemberIn',
      {
        'Fn::EachMemberIn': [
          ['a', 'b'],
          ['a', 'b', 'c'],
        ],
      },
      true,
    ],
    [
      'EachMemberIn of another',
      {
        'Fn::EachMemberIn': [
          ['a', 'd'],
          ['a', 'b'],
        ],
      },
      false,
    ],
    ['EachMemberEquals', { 'Fn::EachMemberEquals': [['a', 'a'], 'a'] }, true],
    ['EachMemberEquals of another', { 'Fn::EachMemberEquals': [['a', 'b'], 'a'] }, false],
    [
      'an object with two keys that look like functions',
      { Ref: 'Queue', Other: 1 },
      { Ref: 'Queue', Other: 1 },
    ],
  ])('%s', (_name, value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('drops members and list items that are AWS::NoValue', () => {
    const nothing = { Ref: 'AWS::NoValue' };
    const value = { A: nothing, B: [1, nothing, 2], C: { 'Fn::If': ['No', 1, nothing] }, D: null };
    expect(resolve(value, scope)).toEqual({ B: [1, 2], D: null });
    expect(resolve(nothing, scope)).toBe(noValue);
  });

  it.each<[string, unknown]>([
    ['Join', { 'Fn::Join': ['', ['a', { Ref: 'Later' }]] }],
    ['Sub', { 'Fn::Sub': '${Later.Arn}' }],
    ['Split', { 'Fn::Split': [',', { Ref: 'Later' }] }],
    ['the selected item', { 'Fn::Select': [0, [{ Ref: 'Later' }, 'b']] }],
    ['the chosen branch', { 'Fn::If': ['Yes', { Ref: 'Later' }, 'b'] }],
  ])('leaves a function open whose argument is not known yet: %s', (_name, value) => {
    expect(resolve(value, scope)).toBeInstanceOf(Unresolved);
  });

  it('selects a known item although another one is not known yet', () => {
    expect(resolve({ 'Fn::Select': [1, [{ Ref: 'Later' }, 'b']] }, scope)).toBe('b');
  });

  it.each<[string, unknown, string]>([
    [
      'an index out of range',
      { 'Fn::Select': [2, ['a', 'b']] },
      'Fn::Select has no item 2 in a list of 2',
    ],
    ['a list inside a text', { 'Fn::Sub': '${Subnets}' }, 'Fn::Sub needs a text, got a list'],
    [
      'too many blocks',
      { 'Fn::Cidr': ['10.0.0.0/24', 4, 7] },
      'Fn::Cidr cannot cut 4 blocks of 7 host bits out of 10.0.0.0/24, at most 2',
    ],
    ['a function that is not modelled', { 'Fn::Transform': {} }, 'Fn::Transform is not modelled'],
    [
      'If without a second value',
      { 'Fn::If': ['Yes', 1] },
      'Fn::If takes a condition name and two values',
    ],
  ])('refuses %s', (_name, value, message) => {
    expect(() => resolve(value, scope)).toThrow(message);
  });
});
