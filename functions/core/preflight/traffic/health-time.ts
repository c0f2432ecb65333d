import type { TargetConfig } from '../../config/schema.ts';
import { isRollingTarget } from '../../config/strategy-of.ts';
import type { EcsService } from '../../ports/ecs-services.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import { durationInWords } from './duration-in-words.ts';
import { predictHealth } from './predict-health.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

/** CodeDeploy waits so long for the replacement to become steady (aws-facts 3.12). */
const installLimitSeconds = 3_600;

export const healthTime: PreflightCheck<TrafficCheckFacts> = {
  id: 'health-time',
  title:
    'A started task becomes healthy in time: grace period, start period and the 60-minute limit fit',
  remedy: 'Bring health check intervals, start period and grace period into proportion',

  async judge(facts) {
    const { maxHealthySeconds } = facts.subject.service.preflight;
    const { target } = facts.subject.service;
    const [service, { document }, group, observed] = await Promise.all([
      facts.existingService(),
      facts.runningTaskDefinition(),
      facts.primaryTargetGroup(),
      facts.observedInstall(),
    ]);
    const { seconds, because, startPeriodSeconds } = predictHealth(group, document);
    const predicted = `${durationInWords(seconds)} (${because})`;
    const seen =
      observed === undefined
        ? ''
        : `; Install of ${observed.deploymentId} took ${durationInWords(observed.seconds)}`;
    const longest = Math.max(seconds, observed?.seconds ?? 0);
    if (longest > maxHealthySeconds) {
      return {
        status: 'NG',
        expected: `a healthy task within ${durationInWords(maxHealthySeconds)} (preflight.maxHealthySeconds)`,
        observed: `${predicted}${seen}`,
        remedy: `Shorten interval or threshold of target group ${group.name} or the container's start period, or raise preflight.maxHealthySeconds`,
      };
    }
    const grace = graceOf(target, service);
    if (!isRollingTarget(target) && grace >= installLimitSeconds) {
      return {
        status: 'NG',
        expected: `a grace period below ${durationInWords(installLimitSeconds)}, after which Install ends`,
        observed: `healthCheckGracePeriodSeconds ${grace}`,
        remedy: 'Lower the grace period of the service: while it lasts no sick task is replaced',
      };
    }
    const { unhealthyThreshold, intervalSeconds } = group.healthCheck;
    const patience = grace + unhealthyThreshold * intervalSeconds;
    if (startPeriodSeconds > patience) {
      return {
        status: 'NG',
        expected: `patience for the ${durationInWords(startPeriodSeconds)} that a container may take to start`,
        observed: `ECS stops a task after ${durationInWords(patience)} of failing target group checks: grace period ${durationInWords(grace)}, then ${unhealthyThreshold} checks every ${intervalSeconds} s`,
        remedy: `Set healthCheckGracePeriodSeconds of the service to ${startPeriodSeconds} or more`,
      };
    }
    return {
      status: 'OK',
      observed: `${predicted}${seen}; grace period ${durationInWords(grace)}`,
    };
  },
};

/** What the configuration says goes with a rolling update. */
function graceOf(target: TargetConfig, service: EcsService): number {
  const configured = isRollingTarget(target) ? target.healthCheckGracePeriodSeconds : undefined;
  return configured ?? service.healthCheckGracePeriodSeconds;
}
