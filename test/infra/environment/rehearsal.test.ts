import { describe, expect, it } from 'vitest';
import { openVariant } from './open-variant.ts';
import { variants } from './variants.ts';

/** Three that between them hold every choice that a release can notice; `npm run rehearse:variants` takes all. */
const some = [
  'default',
  'NAT gateway, given certificate, rolling',
  'endpoints only, made certificate, EC2 on arm',
];
const names = process.env.GREENGATE_VARIANTS === 'all' ? Object.keys(variants) : some;

describe.each(names)('%s', (name) => {
  it('carries a good release to production and puts a bad one back', async () => {
    const open = await openVariant(variants[name] ?? {});
    try {
      expect(await open.release('v2')).toEqual({ outcome: 'deployed', reason: expect.any(String) });
      expect(await open.release('v3', { OMIT_FIELD: 'price' })).toEqual({
        outcome: 'rolled-back',
        reason: expect.stringContaining('price'),
      });
    } finally {
      await open.stop();
    }
  }, 240_000);
});
