import { describe, expect, it } from 'vitest';
import { busyHint } from '../../cli/rehearsal/busy-hint.ts';

describe('busyHint', () => {
  it('tells of a load that real time does not stand', () => {
    expect(busyHint(15.26, 2)).toMatch(/^This machine was busy: a load of 15\.3 on 2 processors\./);
    expect(busyHint(4, 1)).toMatch(/ 4\.0 on 1 processor\./);
  });

  it.each([
    [7.9, 2],
    [15, 8],
    [0, 2],
  ])('has nothing to say of a load of %d on %i', (load, cpus) => {
    expect(busyHint(load, cpus)).toBeUndefined();
  });
});
