import { describe, expect, it } from 'vitest';
import type { CheckedFinding } from '../../../functions/core/preflight/finding.ts';
import {
  countFindings,
  refusalSentence,
  renderFindings,
} from '../../../functions/core/preflight/render-findings.ts';

const base = { title: 'The thing is right', warnOnly: false } as const;
const good: CheckedFinding = { ...base, check: 'good', status: 'OK', observed: 'seen' };
const skipped: CheckedFinding = { ...base, check: 'skipped', status: 'SKIP', reason: 'no thing' };
const bad = (check: string, observed = 'two', warnOnly = false): CheckedFinding => ({
  ...base,
  warnOnly,
  check,
  status: 'NG',
  expected: 'one',
  observed,
  remedy: 'Take one away',
});

describe('renderFindings', () => {
  it('gives each finding a line, and each NG what was expected and its remedy', () => {
    expect(renderFindings([good, skipped, bad('bad'), bad('warned', 'three', true)])).toEqual([
      'OK    good     seen',
      'SKIP  skipped  no thing',
      'NG    bad      not so: The thing is right',
      '               expected  one',
      '               observed  two',
      '               remedy    Take one away',
      'WARN  warned   not so: The thing is right',
      '               expected  one',
      '               observed  three',
      '               remedy    Take one away',
    ]);
  });

  it('fits a narrow terminal, every line', () => {
    const remedy = 'Take one away, then take away the other, and run it again';
    const lines = renderFindings(
      [good, { ...bad('bad'), remedy } as CheckedFinding],
      undefined,
      60,
    );
    expect(lines).toEqual([
      'OK    good  seen',
      'NG    bad   not so: The thing is right',
      '            expected  one',
      '            observed  two',
      '            remedy    Take one away, then take away the',
      '                      other, and run it again',
    ]);
  });

  it('puts all of an NG below the name of its check where there is little room', () => {
    const long = { ...bad('long-name-of-a-check'), remedy: 'Take one away, then the other' };
    expect(renderFindings([long as CheckedFinding], undefined, 44)).toEqual([
      'NG    long-name-of-a-check',
      '      not so: The thing is right',
      '      expected  one',
      '      observed  two',
      '      remedy    Take one away, then the',
      '                other',
    ]);
  });

  it('paints labels only', () => {
    const [line] = renderFindings([good], (label, text) => `<${label}>${text}</>`);
    expect(line).toBe('<OK>OK  </>  good  seen');
  });
});

describe('countFindings', () => {
  it('counts warnings apart and leaves out what there is none of', () => {
    expect(countFindings([good, good, bad('a'), bad('b', 'two', true)])).toBe('2 OK, 1 WARN, 1 NG');
  });
});

describe('refusalSentence', () => {
  it('is undefined when nothing refuses the release', () => {
    expect(refusalSentence([good, skipped, bad('warned', 'two', true)])).toBeUndefined();
  });

  it('names every NG, those with the same finding together', () => {
    expect(refusalSentence([bad('a'), good, bad('b', 'three'), bad('c')])).toBe(
      'Preflight refused the release, 3 checks are not good: a, c: expected one, observed two; b: expected one, observed three',
    );
  });

  it('shortens what is long: the record has the rest', () => {
    const sentence = refusalSentence([bad('a', 'x'.repeat(900))]) ?? '';
    expect(sentence).toMatch(/^Preflight refused the release, 1 check is not good: a: /);
    expect(sentence).toHaveLength(
      'Preflight refused the release, 1 check is not good: a: expected one, observed '.length + 400,
    );
    expect(sentence.at(-1)).toBe('…');
  });
});
