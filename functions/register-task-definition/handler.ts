import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { parseReleaseInput } from '../core/workflow/step-input.ts';
import { registerTaskDefinition } from './step.ts';

export const handler = lambdaEntry(parseReleaseInput, (input, { log, signal }) =>
  registerTaskDefinition(input, {
    config: compiledConfig(),
    services: ecsServices(ecsClient(), signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    clock: systemClock,
    signal,
    timeout: (ms) => AbortSignal.timeout(ms),
    log,
  }),
);
