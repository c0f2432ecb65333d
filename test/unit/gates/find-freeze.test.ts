import { describe, expect, it } from 'vitest';
import type { FreezeConfig } from '../../../functions/core/config/freeze-schema.ts';
import { findFreeze, freezeEnd } from '../../../functions/core/gates/find-freeze.ts';

const at = (time: string) => Date.parse(time);
const christmas: FreezeConfig = {
  name: 'Christmas',
  from: '2026-12-20T18:00:00+01:00',
  until: '2027-01-02T08:00:00+01:00',
};
const weekends: FreezeConfig = {
  name: 'weekends',
  weekly: { from: 'fri 16:00', until: 'mon 08:00', timeZone: 'Europe/Berlin' },
};
const nights: FreezeConfig = {
  name: 'Tuesday night',
  services: ['shop'],
  weekly: { from: 'tue 22:00', until: 'wed 06:00', timeZone: 'UTC' },
};

describe('findFreeze', () => {
  it.each([
    ['2026-12-20T16:59:59Z', false],
    ['2026-12-20T17:00:00Z', true],
    ['2027-01-02T06:59:59Z', true],
    ['2027-01-02T07:00:00Z', false],
  ])('once, at %s: %s', (time, held) => {
    expect(findFreeze([christmas], 'shop', at(time)) !== undefined).toBe(held);
  });

  it.each([
    ['Friday before four', '2026-07-17T13:59:00Z', false],
    ['Friday at four in summer', '2026-07-17T14:00:00Z', true],
    ['Friday at four in winter', '2026-11-20T15:00:00Z', true],
    ['Friday an hour before, in winter', '2026-11-20T14:59:00Z', false],
    ['Sunday at midnight', '2026-07-19T22:00:00Z', true],
    ['Monday before eight', '2026-07-20T05:59:00Z', true],
    ['Monday at eight', '2026-07-20T06:00:00Z', false],
    ['Wednesday', '2026-07-15T12:00:00Z', false],
  ])('every week around its end: %s', (_, time, held) => {
    expect(findFreeze([weekends], 'shop', at(time)) !== undefined).toBe(held);
  });

  it.each([
    ['Monday before eight, after clocks went back', '2026-10-26T06:59:00Z', true],
    ['Monday at eight, after clocks went back', '2026-10-26T07:00:00Z', false],
    ['Monday before eight, after clocks went forward', '2027-03-29T05:59:00Z', true],
    ['Monday at eight, after clocks went forward', '2027-03-29T06:00:00Z', false],
    ['Friday at four of New Year’s Day', '2027-01-01T15:00:00Z', true],
    ['Friday before four of New Year’s Day', '2027-01-01T14:59:00Z', false],
  ])('every week by the clock on the wall: %s', (_, time, held) => {
    expect(findFreeze([weekends], 'shop', at(time)) !== undefined).toBe(held);
  });

  it.each([
    ['the first half past two', '2026-10-25T00:30:00Z', true],
    ['half past two once more, when clocks went back', '2026-10-25T01:30:00Z', true],
    ['three o’clock after that', '2026-10-25T02:00:00Z', false],
    ['a minute before the hour that is left out', '2027-03-28T00:59:00Z', false],
    ['three o’clock, straight after it', '2027-03-28T01:00:00Z', false],
  ])('an hour that clocks show twice or not at all: %s', (_, time, held) => {
    const weekly = { from: 'sun 02:00', until: 'sun 03:00', timeZone: 'Europe/Berlin' };

    expect(findFreeze([{ name: 'backup', weekly }], 'shop', at(time)) !== undefined).toBe(held);
  });

  it.each([
    ['before', '2026-12-31T21:59:00Z', false],
    ['at the turn of the year', '2027-01-01T00:00:00Z', true],
    ['after', '2027-01-01T06:00:00Z', false],
  ])('over the night of a New Year: %s', (_, time, held) => {
    const weekly = { from: 'thu 22:00', until: 'fri 06:00', timeZone: 'UTC' };

    expect(findFreeze([{ name: 'night', weekly }], 'shop', at(time)) !== undefined).toBe(held);
  });

  it('holds only the services that it names', () => {
    const night = at('2026-07-21T23:00:00Z');

    expect(findFreeze([nights], 'shop', night)?.name).toBe('Tuesday night');
    expect(findFreeze([nights], 'other', night)).toBeUndefined();
  });
});

describe('freezeEnd', () => {
  it('is what people read on a clock', () => {
    expect(freezeEnd(christmas)).toBe('2027-01-02T08:00:00+01:00');
    expect(freezeEnd(weekends)).toBe('mon 08:00 Europe/Berlin');
  });
});
