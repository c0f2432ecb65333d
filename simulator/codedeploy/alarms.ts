import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import type { Deployment } from './deployment.ts';
import { DeploymentEnd } from './deployment-end.ts';

/** Stops the deployment when one of its alarms is in ALARM; other states do not count (aws-facts 3.9). */
export function stopOnAlarm(world: World, deployment: Deployment): void {
  const { alarms } = deployment.order;
  if (!alarms?.enabled) return;
  const names = (alarms.alarms ?? []).map((alarm) => alarm.name ?? '');
  try {
    for (const name of names) {
      const decision = deployment.role.ask(
        'cloudwatch:DescribeAlarms',
        arn(world.identity, 'cloudwatch', `alarm:${name}`),
      );
      if (!decision.allowed) throw new AwsError('AccessDenied', decision.message);
    }
    const active = world.services.cloudwatch
      .alarmStates(names)
      .filter((alarm) => alarm.state === 'ALARM');
    if (active.length === 0) return;
    const activeNames = active.map((alarm) => `<${alarm.name}>`).join(' ');
    stop(
      deployment,
      `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${activeNames}`,
    );
  } catch (error) {
    if (alarms.ignorePollAlarmFailure) return;
    stop(deployment, `The state of the alarms could not be read: ${(error as Error).message}`);
  }
}

/** Looks at the alarms now and then regularly until the returned function is called. */
export function watchAlarms(world: World, deployment: Deployment): () => void {
  let cancel = () => {};
  const poll = () => {
    stopOnAlarm(world, deployment);
    if (!deployment.signal.aborted) {
      cancel = world.clock.schedule(world.settings.alarmPollMs, poll, 'background');
    }
  };
  if (deployment.order.alarms?.enabled) poll();
  return () => cancel();
}

function stop(deployment: Deployment, message: string): void {
  deployment.stop(
    new DeploymentEnd('Stopped', 'ALARM_ACTIVE', message, {
      rollbackEvent: 'DEPLOYMENT_STOP_ON_ALARM',
    }),
  );
}
