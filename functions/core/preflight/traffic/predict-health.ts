import { itemsOf, memberAt } from '../../config/loose-value.ts';
import type { InspectedTargetGroup } from '../../ports/balancer-inspection.ts';
import type { TaskDefinitionDocument } from '../../ports/task-definitions.ts';
import { durationInWords } from './duration-in-words.ts';

/** How long a started task needs until ECS and the load balancer both call it healthy. */
export interface HealthPrediction {
  readonly seconds: number;
  /** What the sum is made of. */
  readonly because: string;
  /** Declared time in which a container may fail its own check; 0 without one. */
  readonly startPeriodSeconds: number;
}

interface ContainerCheck {
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly startPeriodSeconds: number;
}

/**
 * The longest start period that is declared, then the slower of the two: the load balancer's interval times its
 * healthy threshold (one check is enough for a target that never failed, aws-facts 4.2, and a slow one fails
 * first), or one round of the containers' own checks.
 */
export function predictHealth(
  { healthCheck }: Pick<InspectedTargetGroup, 'healthCheck'>,
  document: TaskDefinitionDocument,
): HealthPrediction {
  const checks = containerChecks(document);
  const startPeriodSeconds = Math.max(0, ...checks.map((check) => check.startPeriodSeconds));
  const { intervalSeconds, healthyThreshold, timeoutSeconds } = healthCheck;
  const balancer = intervalSeconds * healthyThreshold + timeoutSeconds;
  const containers = Math.max(
    0,
    ...checks.map((check) => check.intervalSeconds + check.timeoutSeconds),
  );
  return {
    seconds: startPeriodSeconds + Math.max(balancer, containers),
    because: [
      ...(startPeriodSeconds > 0 ? [`start period ${durationInWords(startPeriodSeconds)}`] : []),
      balancer >= containers
        ? `${healthyThreshold} target group checks every ${intervalSeconds} s`
        : `the container's own check after ${containers} s`,
    ].join(' and '),
    startPeriodSeconds,
  };
}

/**
 * Of essential containers: a task's health is theirs alone (ECS developer guide, container health checks).
 * Defaults of ECS where a health check leaves something out (aws-facts 2.5).
 */
function containerChecks(document: TaskDefinitionDocument): ContainerCheck[] {
  return itemsOf(document.containerDefinitions).flatMap((container) => {
    const check = memberAt(container, 'healthCheck');
    if (check === undefined || check === null || memberAt(container, 'essential') === false) {
      return [];
    }
    const seconds = (name: string, otherwise: number) => {
      const value = memberAt(check, name);
      return typeof value === 'number' ? value : otherwise;
    };
    return [
      {
        intervalSeconds: seconds('interval', 30),
        timeoutSeconds: seconds('timeout', 5),
        startPeriodSeconds: seconds('startPeriod', 0),
      },
    ];
  });
}
