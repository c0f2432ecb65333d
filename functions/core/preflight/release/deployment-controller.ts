import type { EcsService } from '../../ports/ecs-services.ts';
import type { Finding } from '../finding.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

/** The controller that each strategy of the configuration deploys through (aws-facts 2.3). */
const controllers = { codedeploy: 'CODE_DEPLOY', 'ecs-rolling': 'ECS' } as const;

export const deploymentController: PreflightCheck<ReleaseFacts> = {
  id: 'deployment-controller',
  title: 'The service is there and its deployment controller is that of the strategy',
  remedy: 'Name the right service, or give it the deployment controller of target.strategy',

  async judge(facts) {
    const { cluster, service: name, strategy } = facts.subject.service.target;
    const wanted = controllers[strategy];
    const service = await facts.service();
    if (service === undefined) {
      return {
        status: 'NG',
        expected: `an active service "${name}" in cluster "${cluster}"`,
        observed: 'ECS has no such service',
        remedy: 'Create the service, or mend target.cluster and target.service',
      };
    }
    if (service.deploymentController !== wanted) {
      return {
        status: 'NG',
        expected: `deployment controller ${wanted}, as target.strategy is ${strategy}`,
        observed: `deployment controller ${service.deploymentController}`,
        remedy: `Create service "${name}" anew with deployment controller ${wanted}`,
      };
    }
    if (strategy === 'ecs-rolling') return judgeRolling(service);
    if (service.primaryTaskSet === undefined) {
      return {
        status: 'NG',
        expected: 'a PRIMARY task set, which serves production',
        observed: `${service.taskSets.length} task sets, none of them PRIMARY`,
        remedy: `Deploy service "${name}" once with CodeDeploy`,
      };
    }
    return {
      status: 'OK',
      observed: `${wanted}, with PRIMARY task set ${service.primaryTaskSet.id}`,
    };
  },
};

/** ECS itself has other strategies, and without a completed deployment it has nothing to go back to (aws-facts 2.9). */
function judgeRolling(service: EcsService): Finding {
  const strategy = service.rolling?.strategy;
  const completed = service.rolling?.deployments.find(
    ({ rolloutState }) => rolloutState === 'COMPLETED',
  );
  if (strategy === 'ROLLING' && completed !== undefined) {
    return { status: 'OK', observed: `ECS, ROLLING, with completed deployment ${completed.id}` };
  }
  return {
    status: 'NG',
    expected: 'deployment strategy ROLLING, and a completed deployment to go back to',
    observed: `${strategy ?? 'no strategy'}, ${completed === undefined ? 'no' : 'a'} completed deployment`,
    remedy:
      'Set deploymentConfiguration.strategy to ROLLING, and let a deployment of what runs complete',
  };
}
