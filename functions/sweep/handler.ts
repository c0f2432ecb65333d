import { cloudWatchAlarmSettings } from '../adapters/cloudwatch-alarm-settings.ts';
import { cloudWatchClient } from '../adapters/cloudwatch-alarms.ts';
import { codeDeployClient, codeDeployDeployments } from '../adapters/codedeploy.ts';
import { codeDeployGroups } from '../adapters/codedeploy-groups.ts';
import { ecrClient, ecrImageRegistry } from '../adapters/ecr-image-registry.ts';
import { elbv2Client } from '../adapters/elbv2.ts';
import { elbv2Inspection } from '../adapters/elbv2-inspection.ts';
import { elbv2Rules } from '../adapters/elbv2-rules.ts';
import { environment } from '../adapters/environment.ts';
import { lambdaEntry } from '../adapters/lambda-entry.ts';
import { sfnClient, stepFunctionsWorkflow } from '../adapters/step-functions.ts';
import { stepFunctionsExecutions } from '../adapters/step-functions-executions.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { liveConcludeDeps } from '../observe-deployment/live-conclude-deps.ts';
import { sweep } from './step.ts';

/** Runs by the clock; what the schedule's event says does not matter. */
export const handler = lambdaEntry(
  () => undefined,
  (_, invocation) => {
    const stateMachineArn = environment('STATE_MACHINE_ARN');
    const { signal } = invocation;
    const conclude = liveConcludeDeps(invocation);
    const deployments = codeDeployDeployments(codeDeployClient(), signal);
    return sweep({
      ...conclude,
      deployments,
      drift: {
        services: conclude.services,
        serviceDeployments: conclude.serviceDeployments,
        deployments,
        deploymentGroups: codeDeployGroups(codeDeployClient(), signal),
        balancers: elbv2Inspection(elbv2Client(), signal),
        rules: elbv2Rules(elbv2Client(), signal),
        alarmSettings: cloudWatchAlarmSettings(cloudWatchClient(), signal),
        clock: systemClock,
      },
      images: ecrImageRegistry(ecrClient(), signal),
      workflow: stepFunctionsWorkflow(sfnClient(), stateMachineArn, signal),
      executions: stepFunctionsExecutions(sfnClient(), stateMachineArn, signal),
    });
  },
);
