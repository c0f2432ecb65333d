import type { InspectedTargetGroup } from '../../ports/balancer-inspection.ts';
import type { Finding } from '../finding.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const targetGroupPair: PreflightCheck<TrafficCheckFacts> = {
  id: 'target-group-pair',
  title: 'The two target groups are of that load balancer and agree in protocol and health check',
  remedy: 'Make both target groups of the pair alike, and use them with this load balancer only',

  async judge(facts) {
    const { targetGroupNames } = await facts.existingGroup();
    const [groups, listeners] = await Promise.all([facts.targetGroups(), facts.listeners()]);
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
    const balancer = listeners[0]?.loadBalancerArn;
    const elsewhere = groups.filter(
      ({ loadBalancerArns }) =>
        loadBalancerArns.length > 0 && !loadBalancerArns.some((arn) => arn === balancer),
    );
    if (elsewhere.length > 0) {
      return {
        status: 'NG',
        expected: `both behind ${balancer ?? 'the load balancer of the listeners'}`,
        observed: elsewhere
          .map(({ name, loadBalancerArns }) => `${name} behind ${loadBalancerArns.join(', ')}`)
          .join('; '),
        remedy: 'A target group serves one load balancer: create another one for this pair',
      };
    }
    return judgeAgreement(one, other);
  },
};

function judgeAgreement(one: InspectedTargetGroup, other: InspectedTargetGroup): Finding {
  const [left, right] = [settingsOf(one), settingsOf(other)];
  const different = Object.keys(left).filter((setting) => left[setting] !== right[setting]);
  if (different.length === 0) {
    const unused = [one, other].filter(({ loadBalancerArns }) => loadBalancerArns.length === 0);
    // Before the first deployment no rule refers to the idle group; CodeDeploy attaches it (aws-facts 4.3).
    const note = unused.map(({ name }) => `; no rule refers to ${name} yet`).join('');
    return {
      status: 'OK',
      observed: `${one.name} and ${other.name}: ${one.protocol} ${one.protocolVersion}, health check ${one.healthCheck.path ?? one.healthCheck.protocol}${note}`,
    };
  }
  const values = (of: InspectedTargetGroup, settings: Readonly<Record<string, unknown>>) =>
    `${of.name} ${different.map((setting) => `${setting} ${settings[setting] ?? 'not set'}`).join(', ')}`;
  return {
    status: 'NG',
    expected: `the same ${different.join(', ')} of both`,
    observed: `${values(one, left)}; ${values(other, right)}`,
    remedy: `Change ${one.name} or ${other.name}: with every release they swap, so each must be right for both`,
  };
}

function settingsOf(group: InspectedTargetGroup): Record<string, unknown> {
  const { protocol, protocolVersion, targetType, vpcId, healthCheck } = group;
  const check = Object.entries(healthCheck).map(([name, value]) => [`health check ${name}`, value]);
  return { protocol, protocolVersion, targetType, vpcId, ...Object.fromEntries(check) };
}
