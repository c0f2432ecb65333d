import type { Activities } from '../activities/activities.ts';
import { complete } from '../executions/history.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Integration } from './integration.ts';
import type { TaskEvents } from './task-events.ts';

/** An activity's ARN as the Resource: a worker fetches the task and answers its token (activities page). */
export function activityTask(activities: Activities, activityArn: string): Integration {
  if (!activities.find(activityArn)) {
    throw new StatesError('States.Runtime', `The activity ${activityArn} does not exist.`);
  }
  return {
    callback: true,
    worker: true,
    events: activityEvents(activityArn),
    invoke: async (args, { taskToken = '', scope, started }) => {
      const input = JSON.stringify(args);
      scope.onDrop(activities.schedule(activityArn, { token: taskToken, input, started }));
      return undefined;
    },
  };
}

/** `Activity…` events. */
function activityEvents(resource: string): TaskEvents {
  return {
    scheduled: (input, { timeoutSeconds, heartbeatSeconds }) => [
      'ActivityScheduled',
      {
        activityScheduledEventDetails: {
          resource,
          input,
          inputDetails: complete,
          ...(timeoutSeconds !== undefined && { timeoutInSeconds: timeoutSeconds }),
          ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
        },
      },
    ],
    started: (workerName) => [
      'ActivityStarted',
      { activityStartedEventDetails: workerName === undefined ? {} : { workerName } },
    ],
    submitted: () => {
      throw new Error(`Nothing is submitted for the activity ${resource}`);
    },
    succeeded: (output) => [
      'ActivitySucceeded',
      { activitySucceededEventDetails: { output, outputDetails: complete } },
    ],
    failed: (failure) => ['ActivityFailed', { activityFailedEventDetails: { ...failure } }],
    timedOut: (failure) => ['ActivityTimedOut', { activityTimedOutEventDetails: { ...failure } }],
  };
}
