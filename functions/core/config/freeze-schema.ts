import { z } from 'zod';

const instant = z.iso.datetime({
  offset: true,
  message: 'must be a time such as 2026-12-20T18:00:00+01:00',
});

const weekTime = z.string().regex(/^(?:mon|tue|wed|thu|fri|sat|sun) (?:[01]\d|2[0-3]):[0-5]\d$/, {
  message: 'must be a day and a time such as fri 16:00',
});

const timeZone = z
  .string()
  .refine(isTimeZone, { message: 'must be a time zone such as Europe/Berlin' })
  .default('UTC');

/** A time in which nothing is released: once, `from` and `until`, or every week. */
export const freeze = z.strictObject({
  name: z.string().min(1).max(64).describe('What people are told'),
  services: z.array(z.string()).min(1).optional().describe('Default all'),
  from: instant.optional(),
  until: instant.optional(),
  weekly: z.strictObject({ from: weekTime, until: weekTime, timeZone }).optional(),
});

export type FreezeConfig = z.output<typeof freeze>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
