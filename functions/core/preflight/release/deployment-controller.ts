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
