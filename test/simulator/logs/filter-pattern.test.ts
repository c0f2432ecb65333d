import { describe, expect, it } from 'vitest';
import { compileFilterPattern } from '../../../simulator/logs/filter-pattern.ts';

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['ERROR timeout', 'timeout before ERROR', true],
    ['ERROR timeout', 'ERROR only', false],
    ['"two words"', 'just two words here', true],
    ['"two words"', 'two other words', false],
    ['ERROR -ignored', 'ERROR', true],
    ['ERROR -ignored', 'ERROR ignored', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['"say \\"hi\\""', 'they say "hi" twice', true],
  ])('%s on %s matches: %s', (pattern, message, matches) => {
    expect(compileFilterPattern(pattern)(message)).toBe(matches);
  });

  it.each(['{ $.level = "ERROR" }', '[ip, user]', '%[0-9]+%'])('%s is refused', (pattern) => {
    expect(() => compileFilterPattern(pattern)).toThrow('is not simulated');
  });

  it('with an open quotation is invalid', () => {
    expect(() => compileFilterPattern('"open')).toThrow('Invalid filter pattern');
  });
});
