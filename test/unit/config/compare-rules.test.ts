import { describe, expect, it } from 'vitest';
import { problemsOf, serviceText } from './config-text.ts';

function withCompare(members: string, lifecycleEvent = 'afterAllowTestTraffic'): string {
  return `${serviceText}    checks:\n      ${lifecycleEvent}:\n        - { type: compare, ${members} }\n`;
}

describe('parseConfig of a compare check', () => {
  const check = 'services[0].checks.afterAllowTestTraffic[0]';

  it.each([
    'paths: [/]',
    'paths: [/, /products], latency: {}',
    'paths: [{ path: /, method: POST, body: { json: { a: 1 } }, weight: 3 }, /]',
    'paths: [/], pairs: 157',
    // The verdict at the earliest takes 157 pairs, and the hook has 260 s.
    'paths: [/], ratePerSecond: 0.7',
  ])('accepts %s', (members) => {
    expect(problemsOf(withCompare(members))).toEqual([]);
  });

  it.each([
    [
      'paths: [/], falseAlarm: 0.0000001, pairs: 400',
      `${check}.pairs: is 400, but it takes 480 before a release of which every answer is an error could fail (falseAlarm 1e-7): allow at least 480 pairs, or state wider bounds, fewer paths or a shorter warm-up`,
    ],
    [
      'paths: [/], errorShare: { detect: 0.001 }',
      `${check}.pairs: is 2000, but it takes 5470 before a release without any difference could pass (errorShare.detect 0.001, falsePass 0.01): allow at least 5470 pairs, or state wider bounds, fewer paths or a shorter warm-up`,
    ],
    [
      'paths: [/], pairs: 1000, latency: { quantile: 0.999 }',
      `${check}.pairs: is 1000, but it takes 1852 before a release without any difference could pass (errorShare.detect 0.05, falsePass 0.01, latency.quantile 0.999): allow at least 1852 pairs`,
    ],
    [
      'paths: [/a, /b, /c, /d], pairs: 300',
      `${check}.pairs: is 300, but it takes 448 before a release without any difference could pass (errorShare.detect 0.05, falsePass 0.01, 4 paths)`,
    ],
    ['paths: [/], pairs: 100, warmUpPairs: 90', `${check}.pairs: is 100, but it takes 227 before`],
    [
      'paths: [/], ratePerSecond: 0.5',
      `${check}.ratePerSecond: is 0.5, so the 157 pairs that a verdict takes at least need 314 s, and the hook has 260 s: send at least 0.7 per second`,
    ],
    ['paths: [/a, { path: /a }]', `${check}.paths[1]: GET /a is compared by paths[0] already`],
    [
      'paths: [/], latency: { slowdown: 1.5 }',
      `${check}.latency.detect: is 1.5, expected more than slowdown 1.5: what is tolerated cannot be what must not go unnoticed`,
    ],
    ['paths: [/], falseAlarm: 0.5', `${check}.falseAlarm: is 0.5, expected at most 0.2`],
    ['paths: []', `${check}.paths: is an empty list, expected at least 1 item(s)`],
    ['paths: [/], detect: 1', `${check}.detect: is not a known member`],
  ])('refuses %s', (members, problem) => {
    const problems = problemsOf(withCompare(members));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });

  it('takes the same path with two methods for two', () => {
    expect(problemsOf(withCompare('paths: [/a, { path: /a, method: HEAD }]'))).toEqual([]);
  });

  it('refuses it after the shift, where there is no original any more', () => {
    expect(problemsOf(withCompare('paths: [/]', 'beforeAllowTraffic'))).toEqual([]);
    expect(problemsOf(withCompare('paths: [/]', 'afterAllowTraffic'))[0]).toContain(
      'checks.afterAllowTraffic[0].type: is "compare", but afterAllowTraffic has no original to compare with: move it to afterAllowTestTraffic or beforeAllowTraffic',
    );
  });

  it('reports everything together', () => {
    const problems = problemsOf(
      withCompare('paths: [/, /], pairs: 20, latency: { detect: 1.1 }', 'afterAllowTraffic'),
    );
    expect(problems).toHaveLength(4);
  });
});
