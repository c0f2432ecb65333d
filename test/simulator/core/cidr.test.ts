import { describe, expect, it } from 'vitest';
import { contains, overlaps } from '../../../simulator/core/cidr.ts';

describe('contains', () => {
  it.each([
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/24', '10.0.0.0/16', false],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['0.0.0.0/0', '255.255.255.255/32', true],
  ])('%s and %s: %s', (outer, inner, expected) => {
    expect(contains(outer, inner)).toBe(expected);
  });
});

describe('overlaps', () => {
  it.each([
    ['10.0.0.0/24', '10.0.1.0/24', false],
    ['10.0.0.0/23', '10.0.1.0/24', true],
    ['10.0.1.0/24', '10.0.0.0/23', true],
  ])('%s and %s: %s', (left, right, expected) => {
    expect(overlaps(left, right)).toBe(expected);
  });

  it.each(['10.0.0.0', '10.0.0.256/24', '10.0.0.0/33', 'ten/8'])('refuses %s', (block) => {
    expect(() => overlaps(block, '10.0.0.0/8')).toThrow(RangeError);
  });
});
