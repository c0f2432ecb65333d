import { cloudWatchLogsClient, cloudWatchLogTails } from '../adapters/cloudwatch-log-tails.ts';
import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { ecsStoppedTasks } from '../adapters/ecs-stopped-tasks.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { parseTaskStopped } from '../core/events/task-stopped.ts';
import { observeTask } from './step.ts';

/** Stopped tasks of the configured services, delivered by EventBridge at least once (aws-facts 2.7). */
export const handler = lambdaEntry(parseTaskStopped, (event, { signal, log }) =>
  observeTask(event, {
    config: compiledConfig(),
    services: ecsServices(ecsClient(), signal),
    deployments: codeDeployDeployments(codeDeployClient(), signal),
    stoppedTasks: ecsStoppedTasks(ecsClient(), signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
    logTails: cloudWatchLogTails(cloudWatchLogsClient(), signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    clock: systemClock,
    log,
    signal,
  }),
);
