import type { PreflightCheck } from '../preflight/preflight-check.ts';
import { SkipCheck } from '../preflight/skip-check.ts';
import { compareRules } from './describe-rules.ts';
import type { DriftFacts } from './drift-facts.ts';

/** A message for people; the record has them all in `asLeft`. */
const maxDifferences = 5;

export const rulesUnchanged: PreflightCheck<DriftFacts> = {
  id: 'rules-unchanged',
  title:
    'The rules of both listeners are as the last release left them, but for the group of the pair',
  remedy: 'Put the named rules back, or release: a release takes the rules as it finds them',

  async judge(facts) {
    if ((await facts.listeners()).length === 0) throw new SkipCheck('There is no listener');
    const [left, now] = await Promise.all([facts.asLeft(), facts.asItIs()]);
    const differences = compareRules(left.rules, now.rules);
    if (differences.length === 0) {
      return { status: 'OK', observed: `${Object.keys(now.rules).length} rules` };
    }
    const shown = differences.slice(0, maxDifferences);
    const more = differences.length - shown.length;
    const rest = more === 0 ? [] : [`and ${more} more`];
    return {
      status: 'NG',
      expected: [...shown.map(({ expected }) => expected), ...rest].join('; '),
      observed: [...shown.map(({ observed }) => observed), ...rest].join('; '),
      remedy: 'Put the named rules back, or release: a release takes the rules as it finds them',
    };
  },
};
