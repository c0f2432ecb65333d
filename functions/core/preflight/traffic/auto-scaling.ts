import { codeDeployTarget } from '../code-deploy-target.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const autoScaling: PreflightCheck<TrafficCheckFacts> = {
  id: 'auto-scaling',
  title: 'No auto scaling would fight the deployment',
  remedy: 'Suspend dynamic and scheduled scaling of the service around deployments',

  async judge(facts) {
    const { cluster, service } = codeDeployTarget(facts.subject);
    const scaling = await facts.scaling();
    if (scaling === undefined) return { status: 'OK', observed: 'the service is not scaled' };
    const { minTasks, maxTasks, policyNames, suspended } = scaling;
    const range = `${minTasks} to ${maxTasks} tasks`;
    if (minTasks === maxTasks) {
      return { status: 'OK', observed: `${range}: nothing to scale` };
    }
    if (policyNames.length === 0) {
      return { status: 'OK', observed: `${range}, no scaling policy` };
    }
    const live = [...(suspended.scalingIn ? [] : ['in']), ...(suspended.scalingOut ? [] : ['out'])];
    if (live.length === 0) {
      return { status: 'OK', observed: `${range}, policies suspended: ${policyNames.join(', ')}` };
    }
    return {
      status: 'NG',
      // It counts the tasks of both task sets, and CodeDeploy fails when it does not settle (aws-facts 3.12).
      expected: 'scaling that stands still while original and replacement run side by side',
      observed: `${range}, scaling ${live.join(' and ')} by ${policyNames.join(', ')}`,
      remedy: `aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/${cluster}/${service} --suspended-state DynamicScalingInSuspended=true,DynamicScalingOutSuspended=true,ScheduledScalingSuspended=true; or accept the risk by naming the check in preflight.warnOnly`,
    };
  },
};
