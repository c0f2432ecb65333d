import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDeep, maskOf } from '../../../functions/core/probe/mask.ts';
import { findCanaries } from '../../support/canary/find-canary.ts';

const secret = 'p"a\\ss wörd/+&<😀';
const mask = maskOf({ 'secrets.password': secret });

describe('maskOf', () => {
  it.each<[string, string]>([
    ['as it is', secret],
    ['in JSON', JSON.stringify(secret)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(secret))],
    ['in JSON with every character escaped', escaped(secret)],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in lower case', encodeURIComponent(secret).replace(/%../g, lower)],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
    ['percent-encoded but for what URLs allow', encodeURI(secret)],
    ['in a form', new URLSearchParams({ password: secret }).toString()],
    ['in HTML', secret.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)],
    ['in Basic authentication', basic(`user:${secret}`)],
    ['in Basic authentication at another offset', basic(`user1:${secret}`)],
    ['in Basic authentication at a third offset', basic(`user22:${secret}`)],
    ['in Basic authentication as the user', basic(`${secret}:none`)],
    ['in URL-safe base64', Buffer.from(`token ${secret}`).toString('base64url')],
  ])('masks a secret %s', (_, text) => {
    const shown = mask(`before ${text} after`);

    expect(shown).toContain('${secrets.password}');
    expect(shown).toMatch(/^before .* after$/s);
    for (const part of ['wörd', 'w%C3%B6rd', 'w\\u00f6rd', Buffer.from('wörd').toString('hex')]) {
      expect(shown.toLowerCase()).not.toContain(part.toLowerCase());
    }
    // Nothing of the base64 body is left but what the neighbours share with it.
    expect(shown.length).toBeLessThan('before  after'.length + '${secrets.password}'.length + 40);
  });

  it.each<[string, string]>([
    ['JSON in a URL', encodeURIComponent(JSON.stringify({ secret }))],
    ['a URL in HTML in JSON', JSON.stringify(`<a href="?${html(encodeURIComponent(secret))}">`)],
    ['JSON in base64', Buffer.from(JSON.stringify({ secret })).toString('base64')],
    ['a form in base64 of URLs', Buffer.from(form(secret)).toString('base64url')],
    ['base64 of JSON in a URL', encodeURIComponent(Buffer.from(json(secret)).toString('base64'))],
    ['JSON in HTML entities by number', html(JSON.stringify(secret))],
    ['UTF-8 that was read as Latin-1', Buffer.from(secret).toString('latin1')],
  ])('masks a secret within %s', (_, text) => {
    const shown = mask(`before ${text} after`);

    expect(shown).toContain('${secrets.password}');
    expect(shown).toMatch(/^before .* after$/s);
    expect(findCanaries(shown, ['ss w', 'rd/+'])).toEqual([]);
    expect(mask(shown)).toBe(shown);
  });

  it('leaves encoded texts and base64 alone that hold no secret', () => {
    const text = `${encodeURIComponent('{"a":"b c"}')} &lt;b&gt; ${Buffer.from('no secret in it at all').toString('base64')} %ff%fe`;

    expect(mask(text)).toBe(text);
  });

  it('masks the longer of two secrets that begin alike as a whole', () => {
    const both = maskOf({ 'secrets.short': 'hunter', 'secrets.long': 'hunter2' });

    expect(both('hunter2 hunter')).toBe('${secrets.long} ${secrets.short}');
  });

  it('masks a short value only where it stands alone', () => {
    const id = maskOf({ 'captured.id': '7' });

    expect(id('order 7 of 17, /orders/7, v70')).toBe(
      'order ${captured.id} of 17, /orders/${captured.id}, v70',
    );
  });

  it('leaves texts alone without values, or with an empty one', () => {
    expect(maskOf({})('hunter2')).toBe('hunter2');
    expect(maskOf({ 'secrets.none': '' })('hunter2')).toBe('hunter2');
  });

  it('takes time in proportion to the text, whatever the text', () => {
    const nasty = '\\'.repeat(200_000) + '%25'.repeat(20_000);

    expect(mask(nasty)).toBe(nasty);
  });

  it.each<[string, string, string]>([
    ['backslashes', `${'\\'.repeat(12)}x`, `${'\\'.repeat(4_000)}y`],
    ['escaped quotes', `${'"'.repeat(12)}x`, '\\"'.repeat(4_000)],
    ['percent signs', `${'%25'.repeat(4)}x`, '%25'.repeat(8_000)],
    ['one letter', `${'a'.repeat(12)}x`, 'a'.repeat(50_000)],
  ])('does not lose itself in a text of %s like those of the secret', (_, value, text) => {
    expect(maskOf({ 'secrets.s': value })(text)).toBe(text);
  });

  it('masks a secret as long as Secrets Manager keeps, in every spelling', () => {
    const long = Array.from({ length: 65_536 }, (_, at) =>
      String.fromCharCode(33 + ((at * 7) % 90)),
    );
    const value = long.join('');
    const spelled = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)];

    expect(maskOf({ 'secrets.key': value })(spelled.join(' '))).toBe(
      '${secrets.key} ${secrets.key} ${secrets.key}',
    );
  });

  it.each<[string, string, string]>([
    ['the line break it was stored with', 'hunter2-hunter2\n', 'no user hunter2-hunter2 here'],
    ['its scheme', 'Bearer eyJhbGciOiJIUzI1', 'no user eyJhbGciOiJIUzI1 here'],
    ['its other lines', 'first line of it\r\nsecond line', 'no user second line here'],
    [
      'the document that it is a member of',
      '{"a":[{"b":"hunter2-hunter2"}]}',
      'no user hunter2-hunter2 here',
    ],
  ])('masks a secret without %s', (_, value, text) => {
    expect(maskOf({ 'secrets.s': value })(text)).toBe('no user ${secrets.s} here');
  });

  it('masks the beginning of a secret that a service quotes, as far as it goes', () => {
    const shown = maskOf({ 'secrets.key': 'sk-live-0123456789abcdef' });

    expect(shown('bad key sk-live-0123456789**** and sk-live-0123')).toBe(
      'bad key ${secrets.key}**** and sk-live-0123',
    );
  });

  it('leaves the short words of a secret alone, which stand in many texts', () => {
    expect(maskOf({ 'secrets.s': '{"user":"admin"}\nof mine' })('admin of mine')).toBe(
      'admin of mine',
    );
  });

  const values = fc.string({ unit: 'grapheme', minLength: 6, maxLength: 24 });
  const spellings: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => JSON.stringify(text).slice(1, -1),
    encodeURIComponent,
    (text) => new URLSearchParams([['a', text]]).toString().slice(2),
    escaped,
  ];

  it('leaves nothing of any secret, in any spelling, anywhere', () => {
    fc.assert(
      fc.property(values, fc.string(), fc.string(), fc.nat(), (value, before, after, which) => {
        const spell = spellings[which % spellings.length] ?? encodeURIComponent;
        const spelled = spell(value);
        const shown = maskOf({ 'secrets.s': value })(`${before}${spelled}${after}`);
        const left = shown.replaceAll('${secrets.s}', '');

        expect(left.includes(spelled) && !`${before}${after}`.includes(spelled)).toBe(false);
        expect(shown).toContain('${secrets.s}');
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing when it masks again, and nothing without the secret', () => {
    fc.assert(
      fc.property(values, values, fc.string({ unit: 'grapheme' }), (one, two, text) => {
        const both = maskOf({ 'secrets.one': one, 'captured.two': two });
        const shown = both(`${text} ${one} ${two}`);

        expect(both(shown)).toBe(shown);
        fc.pre(!/[\\%&+]/.test(text) && text.length < 6);
        expect(both(text)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('maskDeep', () => {
  it('masks texts and names of members, and leaves everything else as it is', () => {
    expect(
      maskDeep({ status: 200, [secret]: [secret, null, true], none: undefined }, mask),
    ).toEqual({
      status: 200,
      '${secrets.password}': ['${secrets.password}', null, true],
      none: undefined,
    });
  });
});

function escaped(text: string): string {
  return Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}

function json(text: string): string {
  return JSON.stringify({ text });
}

function form(text: string): string {
  return new URLSearchParams({ text }).toString();
}

function html(text: string): string {
  return text.replace(/[&<>"'%\\]/g, (one) => `&#${one.charCodeAt(0)};`);
}

function basic(pair: string): string {
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function lower(text: string): string {
  return text.toLowerCase();
}
