import { codeDeployTarget } from '../code-deploy-target.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

/** Without each of them some failure leaves traffic wherever it was (aws-facts 3.2, 3.8). */
const wantedEvents = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_REQUEST',
  'DEPLOYMENT_STOP_ON_ALARM',
] as const;

export const automaticRollback: PreflightCheck<TrafficCheckFacts> = {
  id: 'automatic-rollback',
  title: 'The deployment group is that of the service, and rolls back on failure, stop and alarm',
  remedy: 'Enable autoRollbackConfiguration of the deployment group with all three events',

  async judge(facts) {
    const target = codeDeployTarget(facts.subject);
    const { application, deploymentGroup, cluster, service } = target;
    const group = await facts.deploymentGroup();
    if (group === undefined) {
      return {
        status: 'NG',
        expected: `deployment group "${deploymentGroup}" of application "${application}"`,
        observed: 'CodeDeploy has no such application or group',
        remedy: 'Create it, or mend target.application and target.deploymentGroup',
      };
    }
    const { ecsService } = group;
    if (ecsService?.cluster !== cluster || ecsService.service !== service) {
      return {
        status: 'NG',
        // CodeDeploy deploys what the group names, whatever the AppSpec's author had in mind.
        expected: `a deployment group of service "${service}" in cluster "${cluster}"`,
        observed:
          ecsService === undefined
            ? 'a group that deploys no ECS service'
            : `a group of service "${ecsService.service}" in cluster "${ecsService.cluster}"`,
        remedy: 'Mend target.application and target.deploymentGroup, or ecsServices of the group',
      };
    }
    const missing = wantedEvents.filter((event) => !group.rollbackEvents.includes(event));
    if (missing.length === 0) return { status: 'OK', observed: wantedEvents.join(', ') };
    return {
      status: 'NG',
      expected: wantedEvents.join(', '),
      observed: group.rollbackEvents.join(', ') || 'no automatic rollback',
      remedy: `Add ${missing.join(', ')} to autoRollbackConfiguration of deployment group "${deploymentGroup}" and enable it`,
    };
  },
};
