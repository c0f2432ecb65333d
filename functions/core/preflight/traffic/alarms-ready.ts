import type { AlarmSettings } from '../../ports/alarm-settings.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const alarmsReady: PreflightCheck<TrafficCheckFacts> = {
  id: 'alarms-ready',
  title: 'The alarms exist, none is in ALARM, and none takes silence for an alarm',
  remedy: 'Create or mend the named alarm; set TreatMissingData to notBreaching',

  async judge(facts) {
    const { checks } = facts.subject.service;
    // Without a group, which another check tells, the checks' own alarms can be looked at all the same.
    const alarmNames = await deploymentAlarms(facts);
    const configured = Object.values(checks).flatMap((list) =>
      list.flatMap((check) => (check.type === 'alarms' ? check.names : [])),
    );
    const names = [...new Set([...alarmNames, ...configured])];
    if (names.length === 0) {
      const { strategy } = facts.subject.service.target;
      if (strategy === 'codedeploy') await facts.existingGroup();
      const place = strategy === 'codedeploy' ? 'deployment group' : 'service';
      return {
        status: 'SKIP',
        reason: `Neither the ${place} nor a check names an alarm: nothing watches the shift`,
      };
    }
    const alarms = await facts.alarms(names);
    const missing = names.filter((name) => !alarms.some((alarm) => alarm.name === name));
    const ringing = alarms.filter(({ state }) => state === 'ALARM').map(({ name }) => name);
    const touchy = alarms.filter(({ missingData }) => missingData === 'breaching');
    const problems = [
      ...missing.map((name) => ({
        observed: `${name} does not exist`,
        remedy: `create alarm ${name}, or take it out of the deployment group or the check`,
      })),
      // One that rings stops a deployment at once (aws-facts 3.9).
      ...ringing.map((name) => ({
        observed: `${name} is in ALARM`,
        remedy: `see why ${name} rings: it would stop the deployment`,
      })),
      ...touchy.map(({ name }) => ({
        observed: `${name} treats missing data as breaching`,
        remedy: `set TreatMissingData of ${name} to notBreaching: a target group without traffic has no data`,
      })),
    ];
    if (problems.length === 0) return { status: 'OK', observed: alarms.map(describe).join(', ') };
    return {
      status: 'NG',
      expected: `${names.join(', ')}: there, not in ALARM, silence no alarm`,
      observed: problems.map(({ observed }) => observed).join('; '),
      remedy: capitalised(problems.map(({ remedy }) => remedy).join('; ')),
    };
  },
};

/** Alarms that the deployment itself watches: of the group under CodeDeploy, else as configured or of the service. */
async function deploymentAlarms(facts: TrafficCheckFacts): Promise<readonly string[]> {
  const { target } = facts.subject.service;
  if (target.strategy === 'codedeploy') return (await facts.deploymentGroup())?.alarmNames ?? [];
  return target.alarms ?? (await facts.existingService()).rolling?.alarmNames ?? [];
}

function describe({ name, state, missingData }: AlarmSettings): string {
  // Not yet an answer, and no obstacle: only ALARM stops a deployment.
  return `${name} ${state}${missingData === undefined ? '' : `, missing data ${missingData}`}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
