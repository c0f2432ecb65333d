import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseConfig } from '../../../functions/core/config/parse.ts';
import { problemsOf, serviceText, withHttpCheck } from './config-text.ts';

const check = 'services[0].checks.afterAllowTestTraffic[0]';

describe('a configuration that is an odd file', () => {
  it.each([
    ['empty', '', '1:1 is empty, expected a map with services'],
    ['a comment alone', '# later\n', '1:1 is empty, expected a map with services'],
    [
      'lists in lists without end',
      `services:\n  ${'- '.repeat(20_000)}`,
      '1:1 is nested more than 200',
    ],
    ['maps in maps without end', `services: ${'{a: '.repeat(20_000)}`, '1:1 is nested more than'],
    ['more than a megabyte', `#${' '.repeat(1_048_576)}`, '1:1 is 1048577 bytes, expected at most'],
    ['two documents', `${serviceText}---\n${serviceText}`, '12:1 a second document begins here'],
  ])('refuses %s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(`greengate.yaml:${problem}`)]);
  });

  it.each([
    ['[*]', 'a text that begins with * needs quotes'],
    [
      '[*-prod]',
      'alias *-prod has no anchor &-prod before it; a text that begins with * needs quotes',
    ],
  ])('tells that tags such as %s need quotes', (tags, problem) => {
    const text = serviceText.replace('["v*"]', tags);
    expect(problemsOf(text)).toEqual([`greengate.yaml:5:14 ${problem}`]);
  });

  it.each([
    ['services[0].image.tags[0]', '["v*"]', '[1.10]', 'is 1.1, expected text: put it in quotes'],
    ['services[0].target.cluster', 'prod', 'true', 'is true, expected text: put it in quotes'],
    ['services[0].target.cluster', 'prod', '', 'is null, expected text'],
  ])('tells %s of a value that YAML reads as no text', (path, from, to, problem) => {
    const [only = '', ...others] = problemsOf(serviceText.replace(from, to));
    expect(only.replace(/^greengate\.yaml:\d+:\d+ /, '')).toBe(`${path}: ${problem}`);
    expect(others).toEqual([]);
  });

  it.each([
    ['"7"', 'is "7", expected a number, without quotes'],
    ['7s', 'is "7s", expected a number'],
  ])('tells a number of %s', (requests, problem) => {
    const [only = ''] = problemsOf(withHttpCheck(`requests: ${requests}`));
    expect(only).toMatch(new RegExp(`: ${problem}$`));
  });

  it('tells all that it has to tell as problems, and warns of nothing on the terminal', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
    onTestFinished(() => warned.mockRestore());
    expect(problemsOf(`${serviceText}? [a]\n: b\n`)).toEqual([
      'greengate.yaml:1:1 ["[ a ]"]: is not a known member',
    ]);
    expect(warned).not.toHaveBeenCalled();
  });

  it('takes merge keys, and judges what they bring along', () => {
    const checks = (requests: number) => `    checks:
      afterAllowTestTraffic:
        - &first { type: http, path: / }
        - <<: *first
          requests: ${requests}
`;
    const parsed = parseConfig(serviceText + checks(7), 'greengate.yaml');
    expect(parsed.ok && parsed.config.services[0]?.checks.afterAllowTestTraffic[1]).toMatchObject({
      type: 'http',
      path: '/',
      requests: 7,
    });
    expect(problemsOf(serviceText + checks(0))).toEqual([
      'greengate.yaml:16:11 services[0].checks.afterAllowTestTraffic[1].requests: is 0, expected at least 1',
    ]);
  });
});

describe('a map where several are allowed', () => {
  it.each([
    [
      'a wrong member of the only map that fits',
      'expect: { json: { $.a: { type: text } } }',
      `${check}.expect.json["$.a"].type: is "text", expected "string" or "number"`,
    ],
    [
      'a member of the other map',
      'headers: { a: "${secrets.X}" }, secrets: { X: { secretsManager: a, parameter: b } }',
      `${check}.secrets.X.parameter: is not a known member`,
    ],
    [
      'a value deep inside',
      'body: { json: { a: [.nan] } }',
      `${check}.body.json.a[0]: is NaN, expected text or a number`,
    ],
    [
      'a name that is none',
      'secrets: { a-b: { parameter: b } }',
      `${check}.secrets.a-b: is not a valid key, expected a letter, then up to 63`,
    ],
  ])('says %s', (_, text, problem) => {
    expect(problemsOf(withHttpCheck(text))[0]).toContain(problem);
  });
});
