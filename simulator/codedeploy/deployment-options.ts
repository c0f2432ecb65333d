import type { AlarmConfiguration, AutoRollbackConfiguration } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

/** Alarms per deployment group (aws-facts 3.9). */
const alarmsLimit = 10;
/** Characters [model InvalidAlarmConfigException]. */
const longestAlarmName = 255;

/** Sentences as badmintoncryer/cdk-preflight measured them with AWS (rules pf-codedeploy-dg-*). */
export function checkAlarms(alarms: AlarmConfiguration | undefined): void {
  const names = (alarms?.alarms ?? []).map((alarm) => alarm.name);
  if (names.length > alarmsLimit) {
    throw new AwsError(
      'AlarmsLimitExceededException',
      `At most ${alarmsLimit} alarms can be specified, not ${names.length}`,
    );
  }
  if (names.some((name) => !name)) {
    throw new AwsError('InvalidAlarmConfigException', 'Every alarm needs a name');
  }
  const long = names.find((name) => (name ?? '').length > longestAlarmName);
  if (long !== undefined) {
    throw new AwsError(
      'InvalidAlarmConfigException',
      `The name of an alarm has at most ${longestAlarmName} characters: ${long}`,
    );
  }
  if (new Set(names).size < names.length) {
    throw new AwsError('InvalidAlarmConfigException', 'An alarm may be specified only once');
  }
  if (alarms?.enabled && names.length === 0) {
    throw new AwsError(
      'InvalidAlarmConfigException',
      alarms.alarms
        ? 'Deployment Groups need to have at least one alarms attached if they are monitored.'
        : 'Alarm list cannot be null.',
    );
  }
}

const rollbackEvents: readonly string[] = [
  'DEPLOYMENT_FAILURE',
  'DEPLOYMENT_STOP_ON_ALARM',
  'DEPLOYMENT_STOP_ON_REQUEST',
];

export function checkAutoRollback(rollback: AutoRollbackConfiguration | undefined): void {
  const events = rollback?.events ?? [];
  const unknown = events.find((event) => !rollbackEvents.includes(event));
  if (unknown !== undefined) {
    throw new AwsError(
      'InvalidAutoRollbackConfigException',
      `Rollback event ${unknown} does not exist`,
    );
  }
  if (!rollback?.enabled || events.length > 0) return;
  throw new AwsError(
    'InvalidAutoRollbackConfigException',
    'Deployment Groups need to have at least one event specified when auto rollback is enabled',
  );
}
