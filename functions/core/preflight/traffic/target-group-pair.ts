import type { InspectedTargetGroup } from '../../ports/balancer-inspection.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { SkipCheck } from '../skip-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const targetGroupPair: PreflightCheck<TrafficCheckFacts> = {
  id: 'target-group-pair',
  title: 'The two target groups are of that load balancer and agree in protocol and health check',
  remedy: 'Make both target groups of the pair alike, and use them with this load balancer only',

  async judge(facts) {
    const { targetGroupNames } = await facts.existingGroup();
    const [groups, listeners, served] = await Promise.all([
      facts.targetGroups(),
      facts.listeners(),
      productionGroup(facts),
    ]);
    const [one, other] = groups;
    if (one === undefined || other === undefined || groups.length !== 2) {
      return {
        status: 'NG',
        expected: `two target groups, ${targetGroupNames.join(' and ') || 'by their names'}`,
        observed: groups.map(({ name }) => name).join(', ') || 'none',
        remedy:
          'Create the missing one like the other, or mend targetGroups of the deployment group',
      };
    }
    const problems = [
      ...unserved(served, groups),
      ...elsewhere(groups, listeners[0]?.loadBalancerArn),
      ...disagreement(one, other),
    ];
    if (problems.length > 0) {
      const together = (member: keyof Problem) => problems.map((each) => each[member]).join('; ');
      return {
        status: 'NG',
        expected: together('expected'),
        observed: together('observed'),
        remedy: together('remedy'),
      };
    }
    const unused = groups.filter(({ loadBalancerArns }) => loadBalancerArns.length === 0);
    // Before the first deployment no rule refers to the idle group; CodeDeploy attaches it (aws-facts 4.3).
    const note = unused.map(({ name }) => `; no rule refers to ${name} yet`).join('');
    return {
      status: 'OK',
      observed: `${one.name} and ${other.name}: ${one.protocol} ${one.protocolVersion}, health check ${one.healthCheck.path ?? one.healthCheck.protocol}${note}`,
    };
  },
};

interface Problem {
  readonly expected: string;
  readonly observed: string;
  readonly remedy: string;
}

/** ARN of the group that the PRIMARY task set is behind; undefined without service or task set, which others tell. */
async function productionGroup(facts: TrafficCheckFacts): Promise<string | undefined> {
  try {
    return (await facts.primaryTaskSet()).targetGroupArn;
  } catch (error) {
    if (error instanceof SkipCheck) return undefined;
    throw error;
  }
}

/** CodeDeploy moves traffic from one group of the pair to the other, so production must be behind one (aws-facts 3.2). */
function unserved(served: string | undefined, groups: readonly InspectedTargetGroup[]): Problem[] {
  if (served === undefined || groups.some(({ arn }) => arn === served)) return [];
  const names = groups.map(({ name }) => name).join(' or ');
  return [
    {
      expected: `the PRIMARY task set behind ${names}`,
      observed: `it is behind ${served}`,
      remedy:
        'Name the target group of the PRIMARY task set in targetGroups of the deployment group',
    },
  ];
}

/** Without a listener, which another check tells, nobody knows the load balancer. */
function elsewhere(
  groups: readonly InspectedTargetGroup[],
  balancer: string | undefined,
): Problem[] {
  const foreign = groups.filter(
    ({ loadBalancerArns }) =>
      loadBalancerArns.length > 0 && !loadBalancerArns.some((arn) => arn === balancer),
  );
  if (balancer === undefined || foreign.length === 0) return [];
  return [
    {
      expected: `both behind ${balancer}`,
      observed: foreign
        .map(({ name, loadBalancerArns }) => `${name} behind ${loadBalancerArns.join(', ')}`)
        .join('; '),
      remedy: 'A target group serves one load balancer: create another one for this pair',
    },
  ];
}

function disagreement(one: InspectedTargetGroup, other: InspectedTargetGroup): Problem[] {
  const [left, right] = [settingsOf(one), settingsOf(other)];
  const different = Object.keys(left).filter((setting) => left[setting] !== right[setting]);
  if (different.length === 0) return [];
  const values = (of: InspectedTargetGroup, settings: Readonly<Record<string, unknown>>) =>
    `${of.name} ${different.map((setting) => `${setting} ${settings[setting] ?? 'not set'}`).join(', ')}`;
  return [
    {
      expected: `the same ${different.join(', ')} of both`,
      observed: `${values(one, left)}; ${values(other, right)}`,
      remedy: `Change ${one.name} or ${other.name}: with every release they swap, so each must be right for both`,
    },
  ];
}

function settingsOf(group: InspectedTargetGroup): Record<string, unknown> {
  const { protocol, protocolVersion, targetType, vpcId, healthCheck } = group;
  const check = Object.entries(healthCheck).map(([name, value]) => [`health check ${name}`, value]);
  return { protocol, protocolVersion, targetType, vpcId, ...Object.fromEntries(check) };
}
