import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../simulator/cloudformation/parse-yaml.ts';

describe('templates in YAML', () => {
  it.each([
    ['n', 'n'],
    ['Y', 'Y'],
    ['no', false],
    ['Yes', true],
    ['ON', true],
    ['false', false],
    ['2012-10-17', '2012-10-17'],
    ['"no"', 'no'],
  ])('%s is read as CloudFormation reads it', (text, value) => {
    expect(parseYaml(`Value: ${text}`)).toEqual({ Value: value });
  });

  it('of members of one name the last counts', () => {
    const text = 'Type: String\nDescription: AMI ID\nDescription: The image of the instances';
    expect(parseYaml(text)).toEqual({ Type: 'String', Description: 'The image of the instances' });
  });

  it('names stay what is written', () => {
    const written = ['N', 'y', 'No', 'on', '0123', '123456789012', '1.50', "'a b'"];
    const names = ['N', 'y', 'No', 'on', '0123', '123456789012', '1.50', 'a b'];
    const parsed = parseYaml(written.map((name) => `${name}: 1`).join('\n'));
    expect(Object.keys(parsed as object).toSorted()).toEqual(names.toSorted());
  });

  it.each([
    ['lists', '- '.repeat(20_000)],
    ['lists in brackets', `a: ${'['.repeat(20_000)}`],
    ['maps in braces', `a: ${'{b: '.repeat(20_000)}`],
  ])('%s in one another without end are refused, and the process goes on', (_, text) => {
    expect(() => parseYaml(text)).toThrow(
      'Template format error: YAML not well-formed. It is nested too deeply',
    );
  });

  it('a hundred levels are not too many', () => {
    expect(JSON.stringify(parseYaml(`${'- '.repeat(100)}a`))).toBe(
      `${'['.repeat(100)}"a"${']'.repeat(100)}`,
    );
  });

  it('a variable may be called N', () => {
    expect(parseYaml('Value: !Sub ["${N}", { N: !Ref Y }]')).toEqual({
      Value: { 'Fn::Sub': ['$' + '{N}', { N: { Ref: 'Y' } }] },
    });
  });
});
