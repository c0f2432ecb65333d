import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const hookPermission: PreflightCheck<TrafficCheckFacts> = {
  id: 'hook-permission',
  title: "CodeDeploy's role may invoke the hooks",
  remedy: "Allow lambda:InvokeFunction on the hooks to the deployment group's service role",

  async judge(facts) {
    const [{ serviceRoleArn }, hooks] = await Promise.all([facts.existingGroup(), facts.hooks()]);
    const arns = hooks.flatMap(({ found }) => found?.arn ?? []);
    if (arns.length === 0) return { status: 'SKIP', reason: 'There is no hook to invoke' };
    const answers = await facts.roleMay('lambda:InvokeFunction', arns);
    const refused = hooks.flatMap(({ name, found }) => {
      if (found === undefined) return [];
      const decision = answers.find(({ resource }) => resource === found.arn)?.decision;
      return decision === 'allowed' ? [] : [{ name, arn: found.arn, decision: decision ?? 'none' }];
    });
    if (refused.length === 0) {
      return { status: 'OK', observed: `${serviceRoleArn} may invoke ${arns.length} functions` };
    }
    return {
      status: 'NG',
      // The managed policy AWSCodeDeployRoleForECSLimited allows CodeDeployHook_* only (aws-facts 7.2).
      expected: `${serviceRoleArn} to be allowed lambda:InvokeFunction on every hook`,
      observed: `IAM answers ${[...new Set(refused.map(({ decision }) => decision))].join(' and ')} for ${refused.map(({ name }) => name).join(', ')}`,
      remedy: `Allow lambda:InvokeFunction on ${refused.map(({ arn }) => arn).join(', ')} to ${serviceRoleArn}`,
    };
  },
};
