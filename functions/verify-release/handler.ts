import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { elbv2Client, elbv2LoadBalancing } from '../adapters/elbv2.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { verifyRelease } from './step.ts';
import { parseVerificationInput } from './verification-input.ts';

/** The last task: what runs is what was asked for. */
export const handler = lambdaEntry(parseVerificationInput, (input, { signal, log }) =>
  verifyRelease(input, {
    config: compiledConfig(),
    deployments: codeDeployDeployments(codeDeployClient(), signal),
    services: ecsServices(ecsClient(), signal),
    loadBalancing: elbv2LoadBalancing(elbv2Client(), signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    clock: systemClock,
    log,
  }),
);
