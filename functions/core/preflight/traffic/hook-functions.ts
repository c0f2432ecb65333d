import { codeDeployTarget } from '../code-deploy-target.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const hookFunctions: PreflightCheck<TrafficCheckFacts> = {
  id: 'hook-functions',
  title: 'The function of every lifecycle hook exists and is active',
  remedy: 'Deploy the controller stack again',

  async judge(facts) {
    codeDeployTarget(facts.subject);
    const hooks = await facts.hooks();
    // CodeDeploy finds out only when the event begins (aws-facts 3.4); an Inactive one refuses its first call.
    const problems = hooks.flatMap(({ name, found }) => {
      if (found === undefined) return [`${name} does not exist`];
      if (found.state === 'Active') return [];
      return [`${name} is ${found.state}${found.stateReason ? `: ${found.stateReason}` : ''}`];
    });
    if (problems.length === 0) {
      return { status: 'OK', observed: `${hooks.length} functions, all Active` };
    }
    return {
      status: 'NG',
      expected: `${hooks.length} functions in state Active`,
      observed: problems.join('; '),
      remedy:
        'Deploy the controller stack again (cdk deploy GreengateController); an Inactive function wakes up with one invocation',
    };
  },
};
