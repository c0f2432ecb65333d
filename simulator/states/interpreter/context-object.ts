import type { Visit } from './visit.ts';

/** `$states.context` (aws-facts 5.5 for the members that only a redrive brings). */
export function contextObject(visit: Visit): Record<string, unknown> {
  const { execution, trial } = visit.run;
  const { mapItem } = visit.branch;
  if (trial?.context) return trial.context;
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      Name: execution.name,
      RoleArn: execution.machine.roleArn,
      StartTime: iso(execution.startMs),
      // Express executions have none (recorded TestState answers).
      ...(execution.express ? {} : { RedriveCount: execution.redriveCount }),
      ...(execution.redriveMs === undefined ? {} : { RedriveTime: iso(execution.redriveMs) }),
    },
    ...(mapItem ? { Map: { Item: mapItem } } : {}),
    State: {
      EnteredTime: iso(visit.position.enteredAtMs),
      Name: visit.name,
      RetryCount: visit.retryCount,
    },
    StateMachine: { Id: execution.machine.arn, Name: execution.machine.name },
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
  };
}

function iso(instantMs: number): string {
  return new Date(instantMs).toISOString();
}
