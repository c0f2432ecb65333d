import type { PreflightCheck } from '../preflight-check.ts';
import { durationInWords } from './duration-in-words.ts';
import { predictDuration } from './predict-duration.ts';
import { predictHealth } from './predict-health.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

/** From install to traffic shift, and from completion to termination (aws-facts 3.12). */
const shiftLimitSeconds = 120 * 3_600;
const terminationLimitSeconds = 48 * 3_600;
/** Until a Fargate task runs: network interface, image, start (aws-facts 3.10 shows 124 s with health checks). */
const provisioningSeconds = 60;

export const deploymentDuration: PreflightCheck<TrafficCheckFacts> = {
  id: 'deployment-duration',
  title: "The whole deployment ends within CodeDeploy's limits",
  remedy: 'Shorten ready wait, traffic shift or termination wait of the deployment group',

  async judge(facts) {
    const [group, shift, targetGroup, { document }, observed] = await Promise.all([
      facts.existingGroup(),
      facts.shift(),
      facts.primaryTargetGroup(),
      facts.runningTaskDefinition(),
      facts.observedInstall(),
    ]);
    const installSeconds =
      observed?.seconds ?? provisioningSeconds + predictHealth(targetGroup, document).seconds;
    const parts = predictDuration(group, shift, installSeconds);
    const total = parts.install + parts.readyWait + parts.shift + parts.terminationWait;
    const said = [
      `install ${durationInWords(parts.install)} (${observed === undefined ? 'predicted' : `as ${observed.deploymentId}`})`,
      ...(parts.readyWait > 0 ? [`ready wait up to ${durationInWords(parts.readyWait)}`] : []),
      `shift ${durationInWords(parts.shift)} (${group.deploymentConfigName})`,
      `termination wait ${durationInWords(parts.terminationWait)}`,
    ].join(', ');
    const inFlight = `about ${durationInWords(total)} and the time of the checks: ${said}`;
    if (parts.install + parts.readyWait + parts.shift > shiftLimitSeconds) {
      return {
        status: 'NG',
        expected: `traffic shifted within ${durationInWords(shiftLimitSeconds)}`,
        observed: inFlight,
        remedy:
          'Shorten the ready wait, or choose a deployment configuration with fewer or shorter steps',
      };
    }
    if (parts.terminationWait > terminationLimitSeconds) {
      return {
        status: 'NG',
        expected: `a termination wait of at most ${durationInWords(terminationLimitSeconds)}`,
        observed: inFlight,
        remedy: 'Set terminationWaitTimeInMinutes to 2880 or less',
      };
    }
    return { status: 'OK', observed: inFlight };
  },
};
