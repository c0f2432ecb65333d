import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { compiledConfig } from '../adapters/compiled-config.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { ecsServiceDeployments } from '../adapters/ecs-service-deployments.ts';
import { ecsClient, ecsServices } from '../adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { s3Client, s3Records } from '../adapters/s3-records.ts';
import { lineSwitchClient, ssmLineSwitch } from '../adapters/ssm-line-switch.ts';
import { sfnClient } from '../adapters/step-functions.ts';
import { stepFunctionsExecutions } from '../adapters/step-functions-executions.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { parseResolveInput } from '../core/workflow/step-input.ts';
import { resolveRelease } from './step.ts';

export const handler = lambdaEntry(parseResolveInput, (input, { log, signal }) =>
  resolveRelease(input, {
    config: compiledConfig(),
    images: ecrImageRegistry(ecrClient(), signal),
    deployments: codeDeployDeployments(codeDeployClient(), signal),
    serviceDeployments: ecsServiceDeployments(ecsClient(), signal),
    executions: stepFunctionsExecutions(sfnClient(), environment('STATE_MACHINE_ARN'), signal),
    services: ecsServices(ecsClient(), signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), signal),
    records: s3Records(s3Client(), environment('RECORDS_BUCKET'), signal),
    line: ssmLineSwitch(lineSwitchClient(), signal),
    clock: systemClock,
    log,
  }),
);
