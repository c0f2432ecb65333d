import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

const passedTo = { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' };

export const passRolePermission: PreflightCheck<TrafficCheckFacts> = {
  id: 'pass-role-permission',
  title: "CodeDeploy's role may pass the task's roles to ECS",
  remedy: "Allow iam:PassRole on the task's roles to the deployment group's service role",

  async judge(facts) {
    const [{ serviceRoleArn }, { document }] = await Promise.all([
      facts.existingGroup(),
      facts.runningTaskDefinition(),
    ]);
    const roles = [...new Set([document.executionRoleArn, document.taskRoleArn])].filter(
      (arn): arn is string => typeof arn === 'string' && arn !== '',
    );
    if (roles.length === 0) return { status: 'SKIP', reason: 'The task definition names no role' };
    const answers = await facts.roleMay('iam:PassRole', roles, passedTo);
    const refused = roles.filter(
      (arn) =>
        !answers.some(({ resource, decision }) => resource === arn && decision === 'allowed'),
    );
    if (refused.length === 0) {
      return { status: 'OK', observed: `${serviceRoleArn} may pass ${roles.join(' and ')}` };
    }
    return {
      status: 'NG',
      // The Limited managed policy passes ecsTaskExecutionRole and ECSTaskExecution* alone (aws-facts 7.2).
      expected: `${serviceRoleArn} to be allowed iam:PassRole on the task's roles`,
      observed: `refused for ${refused.join(' and ')}`,
      remedy: `Allow iam:PassRole on ${refused.join(', ')} to ${serviceRoleArn}, with iam:PassedToService ecs-tasks.amazonaws.com`,
    };
  },
};
