import type { TaskSet } from '../ports/ecs-services.ts';
import type { CheckResult } from './check-result.ts';
import { taskSetIsSteady } from './task-set-check.ts';

/**
 * Judges the health of the targets by what ECS says of their task set, for when Elastic Load Balancing throttles: ECS calls
 * it steady only while every task is healthy for the load balancer (aws-facts 2.4). Undefined where it does not say so.
 */
export function judgeSteadyTargets(
  name: string,
  taskSet: TaskSet | undefined,
): CheckResult | undefined {
  if (taskSet === undefined || !taskSetIsSteady(taskSet)) return undefined;
  const { id, runningCount, taskSetArn, stabilityStatus } = taskSet;
  const expected = `every task of ${id} healthy behind the load balancer`;
  const observed = `${stabilityStatus} with ${runningCount} tasks, by ECS; Elastic Load Balancing throttled the question`;
  return {
    name,
    type: 'target-health',
    verdict: 'pass',
    sentence: `${name}: expected ${expected}, got ${observed}`,
    expected,
    observed,
    samples: runningCount,
    evidence: [{ kind: 'state', subject: taskSetArn, state: stabilityStatus }],
  };
}
