import { compiledConfig } from '../adapters/compiled-config.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { sfnClient, stepFunctionsWorkflow } from '../adapters/step-functions.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { receiveEvent, receiveImagePush } from './step.ts';

export const handler = lambdaEntry(receiveEvent, (received, { log, signal }) =>
  receiveImagePush(received, {
    config: compiledConfig(),
    workflow: stepFunctionsWorkflow(sfnClient(), environment('STATE_MACHINE_ARN'), signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    clock: systemClock,
    log,
  }),
);
