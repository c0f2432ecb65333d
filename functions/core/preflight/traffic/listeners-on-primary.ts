import { judgeListener } from '../../checks/listener-check.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const listenersOnPrimary: PreflightCheck<TrafficCheckFacts> = {
  id: 'listeners-on-primary',
  title: "Both listeners, and all their rules on the pair, point at the PRIMARY task set's group",
  remedy: 'Point the named listener or rule at the group of the PRIMARY task set',

  async judge(facts) {
    const [active, primary, pair, listeners, { testListenerArn }] = await Promise.all([
      facts.activeDeployments(),
      facts.primaryTargetGroup(),
      facts.targetGroups(),
      facts.listeners(),
      facts.existingGroup(),
    ]);
    const [moving] = active;
    if (moving !== undefined) {
      return {
        status: 'SKIP',
        reason: `Deployment ${moving.deploymentId} is ${moving.status} and moves the listeners; CodeDeploy looks at them again when it begins the next`,
      };
    }
    if (listeners.length === 0)
      return { status: 'SKIP', reason: 'There is no listener to look at' };
    const judged = await Promise.all(
      listeners.map(async ({ arn }) => {
        const name = arn === testListenerArn ? 'test listener' : 'production listener';
        const forwardings = await facts.forwardings(arn);
        const judge = (some: typeof forwardings) =>
          judgeListener({ forwardings: some }, { name, group: primary, pair });
        const places = forwardings.filter(
          (one) => judge([one]).samples > 0 && judge([one]).verdict !== 'pass',
        );
        return { places: places.map((one) => one.arn), ...judge(forwardings) };
      }),
    );
    const wrong = judged.filter(({ verdict }) => verdict !== 'pass');
    if (wrong.length === 0) {
      const rules = judged.reduce((sum, { samples }) => sum + samples, 0);
      return { status: 'OK', observed: `${rules} forwardings, all to ${primary.name}` };
    }
    return {
      status: 'NG',
      // CodeDeploy refuses otherwise: "Primary taskset target group must be behind listener" (aws-facts 3.2).
      expected: `everything on ${primary.name}, the group of the PRIMARY task set`,
      observed: wrong
        .map(({ name, observed, places }) => [`${name}: ${observed}`, ...places].join(', at '))
        .join('; '),
      remedy: `Forward to ${primary.name} with weight 100 there and keep other tools off these rules, then run it again`,
    };
  },
};
