import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeRegularExpression,
  expandJson,
  expandReferences,
  referencesIn,
} from '../../../functions/core/probe/references.ts';

const values = {
  secrets: { token: 's3cret', pair: 'a/b c' },
  captured: { id: '42' },
  deploymentId: 'd-AAAAAAAA1',
};

describe('expandReferences', () => {
  it.each([
    ['Bearer ${secrets.token}', 'Bearer s3cret'],
    ['/orders/${captured.id}?d=${deployment.id}', '/orders/42?d=d-AAAAAAAA1'],
    ['$${secrets.token} and $5', '${secrets.token} and $5'],
    ['$$${secrets.token}', '$${secrets.token}'],
    ['nothing', 'nothing'],
  ])('turns %s into %s', (text, expanded) => {
    expect(expandReferences(text, values)).toBe(expanded);
  });

  it('spells values as their place demands', () => {
    expect(expandReferences('/x/${secrets.pair}/y z', values, encodeURIComponent)).toBe(
      '/x/a%2Fb%20c/y z',
    );
  });

  it.each(['${secrets.none}', '${secrets.toString}', '${env.HOME}', '${secrets.token'])(
    'throws for %s, which stands for nothing',
    (text) => {
      expect(() => expandReferences(text, values)).toThrow(
        `${text} stands for nothing that is known here`,
      );
    },
  );

  it('never reads a value for references again', () => {
    const tricky = { ...values, secrets: { token: '${captured.id}' } };

    expect(expandReferences('${secrets.token}', tricky)).toBe('${captured.id}');
  });
});

describe('referencesIn', () => {
  it('finds each kind, and what is none', () => {
    expect(
      referencesIn('${secrets.a} ${captured.b} ${deployment.id} ${x} $${y} ${secrets.c').map(
        ({ kind, text }) => [kind, text],
      ),
    ).toEqual([
      ['secret', '${secrets.a}'],
      ['captured', '${captured.b}'],
      ['deployment-id', '${deployment.id}'],
      ['unknown', '${x}'],
      ['unknown', '${secrets.c'],
    ]);
  });
});

describe('expandJson', () => {
  it('replaces in every text below, and leaves names and other values', () => {
    expect(
      expandJson({ '${secrets.token}': [1, null, { a: '${secrets.token}' }], b: true }, values),
    ).toEqual({ '${secrets.token}': [1, null, { a: 's3cret' }], b: true });
  });
});

describe('escapeRegularExpression', () => {
  it('makes any text match itself and nothing else of its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, other) => {
        const pattern = new RegExp(`^${escapeRegularExpression(text)}$`, 'u');

        expect(pattern.test(text)).toBe(true);
        expect(pattern.test(other)).toBe(text === other);
      }),
    );
  });
});
