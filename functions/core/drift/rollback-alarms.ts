import type { PreflightCheck } from '../preflight/preflight-check.ts';
import type { DriftFacts } from './drift-facts.ts';

const rollbackEvent = 'DEPLOYMENT_STOP_ON_ALARM';

export const rollbackAlarms: PreflightCheck<DriftFacts> = {
  id: 'rollback-alarms',
  title: 'Every alarm that stops and rolls back a deployment is there and switched on',
  remedy:
    'Create the named alarms, or switch them on in alarmConfiguration of the deployment group',

  async judge(facts) {
    const [group, { alarms: left }] = await Promise.all([facts.existingGroup(), facts.asLeft()]);
    const { alarmNames, switchedOffAlarmNames = [], rollbackEvents } = group;
    const wanted = [...new Set([...left, ...alarmNames, ...switchedOffAlarmNames])].toSorted();
    if (wanted.length === 0) {
      return { status: 'SKIP', reason: 'The deployment group names no alarm' };
    }
    const found = (await facts.alarms(wanted)).map(({ name }) => name);
    const problems = [
      ...wanted
        .filter((name) => !alarmNames.includes(name))
        .map((name) => `${name} is switched off`),
      ...wanted
        .filter((name) => alarmNames.includes(name) && !found.includes(name))
        .map((name) => `${name} does not exist`),
      // Without it an alarm stops the deployment and leaves traffic where it is (aws-facts 3.8).
      ...(rollbackEvents.includes(rollbackEvent) ? [] : [`no rollback on ${rollbackEvent}`]),
    ];
    if (problems.length === 0) return { status: 'OK', observed: wanted.join(', ') };
    return {
      status: 'NG',
      expected: `${wanted.join(', ')}: there, switched on, and rolling back`,
      observed: problems.join('; '),
      remedy:
        'Mend alarmConfiguration and autoRollbackConfiguration of the deployment group: until then nothing stops a bad shift',
    };
  },
};
