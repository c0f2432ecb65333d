import type { InspectedTargetGroup } from '../../ports/balancer-inspection.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { SkipCheck } from '../skip-check.ts';
import { durationInWords } from './duration-in-words.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const draining: PreflightCheck<TrafficCheckFacts> = {
  id: 'draining',
  title: 'Deregistration delay and stickiness fit the way traffic is shifted',
  remedy: 'Lengthen the termination wait, or shorten deregistration delay or stickiness',

  async judge(facts) {
    const [{ terminationWaitMinutes, productionListenerArn }, shift, pair] = await Promise.all([
      facts.existingGroup(),
      facts.shift(),
      facts.targetGroups(),
    ]);
    const delays = await Promise.all(
      (await leaving(facts, pair)).map(({ arn }) => facts.deregistrationDelaySeconds(arn)),
    );
    const forwardings =
      productionListenerArn === undefined ? [] : await facts.forwardings(productionListenerArn);
    const sticky = Math.max(
      0,
      ...forwardings
        .filter(({ weights }) => pair.some(({ arn }) => arn in weights))
        .map(({ stickinessSeconds }) => stickinessSeconds),
    );
    const delay = Math.max(0, ...delays);
    const termination = terminationWaitMinutes * 60;
    const observed = `deregistration delay ${durationInWords(delay)}, stickiness ${sticky === 0 ? 'off' : durationInWords(sticky)}, termination wait ${durationInWords(termination)}`;
    if (termination < delay) {
      return {
        status: 'NG',
        // Until then clients of the original are still being served, and a rollback would need them undisturbed.
        expected: `a termination wait of at least the deregistration delay, ${durationInWords(delay)}`,
        observed,
        remedy: `Set terminationWaitTimeInMinutes to ${Math.ceil(delay / 60)} or more, or deregistration_delay.timeout_seconds of both target groups to ${termination} or less`,
      };
    }
    const [step, limit] =
      shift.type === 'AllAtOnce'
        ? (['the termination wait', termination] as const)
        : ([`one step of ${shift.type}`, shift.intervalMinutes * 60] as const);
    if (sticky > limit) {
      return {
        status: 'NG',
        // A sticky client stays with its group whatever the weights say (aws-facts 4.1).
        expected: `clients that move within ${step}, ${durationInWords(limit)}`,
        observed,
        remedy:
          'Turn stickiness off in the forward actions of the production listener: sessions of the targets themselves stay possible',
      };
    }
    return { status: 'OK', observed };
  },
};

/** Of the pair only the group of the PRIMARY task set drains with this release; where none is known, either may. */
async function leaving(
  facts: TrafficCheckFacts,
  pair: readonly InspectedTargetGroup[],
): Promise<readonly InspectedTargetGroup[]> {
  try {
    return [await facts.primaryTargetGroup()];
  } catch (error) {
    if (error instanceof SkipCheck) return pair;
    throw error;
  }
}
