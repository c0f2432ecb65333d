import type { DeploymentGroupSettings, TrafficShift } from '../../ports/deployment-groups.ts';

/** Parts of a deployment, in seconds and in their order; the hooks' own time is left out. */
export interface DurationPrediction {
  readonly install: number;
  readonly readyWait: number;
  readonly shift: number;
  readonly terminationWait: number;
}

/** What waits are configured and how long the shift takes; `installSeconds` is measured or predicted elsewhere. */
export function predictDuration(
  group: Pick<DeploymentGroupSettings, 'readyWaitMinutes' | 'terminationWaitMinutes'>,
  shift: TrafficShift,
  installSeconds: number,
): DurationPrediction {
  return {
    install: installSeconds,
    readyWait: group.readyWaitMinutes * 60,
    shift: shiftMinutes(shift) * 60,
    terminationWait: group.terminationWaitMinutes * 60,
  };
}

/** The first step is made at once, so a linear shift waits once less than it has steps. */
function shiftMinutes(shift: TrafficShift): number {
  switch (shift.type) {
    case 'AllAtOnce':
      return 0;
    case 'TimeBasedCanary':
      return shift.intervalMinutes;
    case 'TimeBasedLinear':
      return Math.max(0, Math.ceil(100 / shift.percentage) - 1) * shift.intervalMinutes;
  }
}
