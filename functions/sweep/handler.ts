import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { sfnClient, stepFunctionsWorkflow } from '../adapters/step-functions.ts';
import { stepFunctionsExecutions } from '../adapters/step-functions-executions.ts';
import { liveConcludeDeps } from '../observe-deployment/live-conclude-deps.ts';
import { sweep } from './step.ts';

/** Runs by the clock; what the schedule's event says does not matter. */
export const handler = lambdaEntry(
  () => undefined,
  (_, invocation) => {
    const stateMachineArn = environment('STATE_MACHINE_ARN');
    const { signal } = invocation;
    return sweep({
      ...liveConcludeDeps(invocation),
      deployments: codeDeployDeployments(codeDeployClient(), signal),
      images: ecrImageRegistry(ecrClient(), signal),
      workflow: stepFunctionsWorkflow(sfnClient(), stateMachineArn, signal),
      executions: stepFunctionsExecutions(sfnClient(), stateMachineArn, signal),
    });
  },
);
