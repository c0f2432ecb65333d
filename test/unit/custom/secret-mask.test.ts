import { describe, expect, it } from 'vitest';
import { secretMask } from '../../../functions/core/custom/secret-mask.ts';

describe('secretMask', () => {
  const mask = secretMask(['s3cret', 's3cret-long', '']);

  it('replaces every occurrence in texts, lists, members and their names', () => {
    expect(mask({ a: ['x s3cret s3cret', 7, null], s3cret: true })).toEqual({
      a: ['x *** ***', 7, null],
      '***': true,
    });
  });

  it('leaves nothing of a secret that contains another', () => {
    expect(mask('Bearer s3cret-long')).toBe('Bearer ***');
  });

  it('masks the message of an error', () => {
    expect(mask({ error: new Error('no s3cret') })).toEqual({ error: 'Error: no ***' });
  });

  it('changes nothing without secrets', () => {
    expect(secretMask([''])('text')).toBe('text');
  });
});
