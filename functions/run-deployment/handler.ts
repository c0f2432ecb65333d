import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { ecsClient } from '../adapters/ecs-services.ts';
import { ecsTaskDefinitions } from '../adapters/ecs-task-definitions.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { lineSwitchClient, ssmLineSwitch } from '../adapters/ssm-line-switch.ts';
import { parseTrackedDeployment } from '../core/deployment/tracked-deployment.ts';
import { liveConcludeDeps } from '../observe-deployment/live-conclude-deps.ts';
import { runDeployment } from './step.ts';

/** The task that waits for a deployment; its result is ignored, the token is what gets answered. */
export const handler = lambdaEntry(parseTrackedDeployment, (tracked, invocation) =>
  runDeployment(tracked, {
    ...liveConcludeDeps(invocation),
    deployments: codeDeployDeployments(codeDeployClient(), invocation.signal),
    line: ssmLineSwitch(lineSwitchClient(), invocation.signal),
    images: ecrImageRegistry(ecrClient(), invocation.signal),
    taskDefinitions: ecsTaskDefinitions(ecsClient(), invocation.signal),
    hookNamePrefix: environment('HOOK_NAME_PREFIX'),
  }),
);
