import { parseDeploymentDescription } from '../../deployment/identity.ts';
import { isRollback } from '../../deployment/status.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const deploymentInFlight: PreflightCheck<TrafficCheckFacts> = {
  id: 'deployment-in-flight',
  title: 'No deployment that somebody else started is in flight',
  remedy: 'Wait for that deployment, or stop it',

  async judge(facts) {
    const active = await facts.activeDeployments();
    const foreign = active.filter(
      (deployment) =>
        parseDeploymentDescription(deployment.description) === undefined && !isRollback(deployment),
    );
    const [first] = foreign;
    if (first !== undefined) {
      return {
        status: 'NG',
        expected: 'no deployment in the group, or one of Greengate',
        observed: foreign
          .map(
            ({ deploymentId, status, creator }) =>
              `${deploymentId} ${status}, by ${creator ?? 'an unknown creator'}`,
          )
          .join('; '),
        remedy: `Wait until it ends, or aws deploy stop-deployment --deployment-id ${first.deploymentId} --auto-rollback-enabled; where this check is in preflight.warnOnly, the release waits for it`,
      };
    }
    if (active.length === 0) return { status: 'OK', observed: 'none in flight' };
    return {
      status: 'OK',
      observed: active
        .map((deployment) =>
          isRollback(deployment)
            ? `${deployment.deploymentId} rolls back; the release waits for it`
            : `${deployment.deploymentId} is Greengate's own: adopted by its release, waited for by any other`,
        )
        .join('; '),
    };
  },
};
