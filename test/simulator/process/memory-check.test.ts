import { describe, expect, it } from 'vitest';
import { nextMemoryCheckMs } from '../../../simulator/process/memory-check.mjs';

const mebibyte = 1024 * 1024;

describe('how soon a process is measured again', () => {
  it.each([
    ['at its limit', 0, 50],
    ['close to it', 40 * mebibyte, 50],
    ['with room for a while', 120 * mebibyte, 120],
    ['far from it', 900 * mebibyte, 500],
  ])('%s', (_, leftBytes, expectedMs) => {
    expect(nextMemoryCheckMs(leftBytes)).toBe(expectedMs);
  });
});
