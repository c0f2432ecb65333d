import { codeDeployTarget } from '../code-deploy-target.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const leakedTaskSets: PreflightCheck<TrafficCheckFacts> = {
  id: 'leaked-task-sets',
  title: 'No task set is left over from an earlier deployment',
  remedy: 'Delete the named task sets',

  async judge(facts) {
    const { cluster, service: name } = codeDeployTarget(facts.subject);
    const [service, active] = await Promise.all([
      facts.existingService(),
      facts.activeDeployments(),
    ]);
    const busy = active.map(({ deploymentId }) => deploymentId);
    const others = service.taskSets.filter(
      // A DRAINING one is leaving by itself.
      ({ status }) => status === 'ACTIVE',
    );
    if (others.length === 0) return { status: 'OK', observed: 'only the PRIMARY task set' };
    if (busy.length > 0) {
      return {
        status: 'SKIP',
        reason: `Deployment ${busy.join(', ')} is in flight and has task sets of its own`,
      };
    }
    return {
      status: 'NG',
      // They count towards ECS's limit of five, cost money, and mix into the replacement's group (aws-facts 2.4).
      expected: 'no ACTIVE task set beside the PRIMARY one while no deployment is in flight',
      observed: others
        .map(
          ({ id, externalId, runningCount }) =>
            `${id} of ${externalId ?? 'no deployment'} with ${runningCount} tasks`,
        )
        .join(', '),
      remedy: others
        .map(
          ({ id }) =>
            `aws ecs delete-task-set --cluster ${cluster} --service ${name} --task-set ${id} --force`,
        )
        .join('; '),
    };
  },
};
