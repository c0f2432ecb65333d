import { createHash } from 'node:crypto';
import {
  CodeDeployClient,
  ContinueDeploymentCommand,
  CreateDeploymentCommand,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  GetDeploymentTargetCommand,
  ListDeploymentTargetsCommand,
  PutLifecycleEventHookExecutionStatusCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { DeploymentConflictError } from '../core/errors.ts';
import type { Deployments } from '../core/ports/deployments.ts';
import { awsErrorName, callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { listDeployments } from './codedeploy-listing.ts';
import { toDeployment, toDeploymentGroup, toDeploymentTarget } from './codedeploy-shapes.ts';
import { once } from './once.ts';

export const codeDeployClient = once(() => new CodeDeployClient(clientSettings));

const unknownDeployment = ['DeploymentDoesNotExistException', 'InvalidDeploymentIdException'];

/** Right after its creation, or when it failed before it began, a deployment has no target (aws-facts 3.5). */
const withoutTarget = ['DeploymentNotStartedException', 'DeploymentTargetDoesNotExistException'];

/** The wait is over, or has not come (aws-facts 3.7). */
const notWaiting = [
  'DeploymentAlreadyCompletedException',
  'DeploymentIsNotInReadyStateException',
  'InvalidDeploymentStatusException',
];

/** CodeDeploy. `signal` cuts every call short; the report of a hook should be given none. */
export function codeDeployDeployments(client: CodeDeployClient, signal?: AbortSignal): Deployments {
  const options = signal === undefined ? {} : { abortSignal: signal };

  return {
    async get(deploymentId) {
      try {
        const output = await callAws(
          { action: 'codedeploy:GetDeployment', resource: deploymentId },
          () => client.send(new GetDeploymentCommand({ deploymentId }), options),
        );
        return output.deploymentInfo && toDeployment(output.deploymentInfo);
      } catch (error) {
        if (unknownDeployment.includes(awsErrorName(error) ?? '')) return undefined;
        throw error;
      }
    },

    async group(application, deploymentGroup) {
      const output = await callAws(
        { action: 'codedeploy:GetDeploymentGroup', resource: `${application}/${deploymentGroup}` },
        () =>
          client.send(
            new GetDeploymentGroupCommand({
              applicationName: application,
              deploymentGroupName: deploymentGroup,
            }),
            options,
          ),
      );
      return toDeploymentGroup(output.deploymentGroupInfo ?? {});
    },

    async target(deploymentId) {
      try {
        const { targetIds } = await callAws(
          { action: 'codedeploy:ListDeploymentTargets', resource: deploymentId },
          () => client.send(new ListDeploymentTargetsCommand({ deploymentId }), options),
        );
        const targetId = targetIds?.[0];
        if (targetId === undefined) return undefined;
        const output = await callAws(
          { action: 'codedeploy:GetDeploymentTarget', resource: `${deploymentId} ${targetId}` },
          () => client.send(new GetDeploymentTargetCommand({ deploymentId, targetId }), options),
        );
        return toDeploymentTarget(output.deploymentTarget?.ecsTarget ?? {});
      } catch (error) {
        if (withoutTarget.includes(awsErrorName(error) ?? '')) return undefined;
        throw error;
      }
    },

    list: (application, deploymentGroup, sinceMs) =>
      listDeployments(client, application, deploymentGroup, sinceMs, options),

    async create({ application, deploymentGroup, appSpec, description }) {
      const group = `${application}/${deploymentGroup}`;
      try {
        const output = await callAws(
          { action: 'codedeploy:CreateDeployment', resource: group },
          () =>
            client.send(
              new CreateDeploymentCommand({
                applicationName: application,
                deploymentGroupName: deploymentGroup,
                description,
                revision: {
                  revisionType: 'AppSpecContent',
                  appSpecContent: {
                    content: appSpec,
                    sha256: createHash('sha256').update(appSpec).digest('hex'),
                  },
                },
              }),
              options,
            ),
        );
        if (output.deploymentId === undefined) {
          throw new Error(`CreateDeployment on ${group} answered without a deployment id`);
        }
        return output.deploymentId;
      } catch (error) {
        // The type counts, not its message, which has changed before (aws-facts 3.6).
        if (awsErrorName(error) !== 'DeploymentLimitExceededException') throw error;
        throw new DeploymentConflictError(
          `Cannot start a deployment in ${group}: CodeDeploy says one is active already, need none`,
          { cause: error, details: { application, deploymentGroup } },
        );
      }
    },

    async stop(deploymentId) {
      try {
        await callAws({ action: 'codedeploy:StopDeployment', resource: deploymentId }, () =>
          client.send(
            new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }),
            options,
          ),
        );
        return 'stopping';
      } catch (error) {
        if (awsErrorName(error) === 'DeploymentAlreadyCompletedException') {
          return 'already-completed';
        }
        throw error;
      }
    },

    async endRetention(deploymentId) {
      try {
        await callAws({ action: 'codedeploy:ContinueDeployment', resource: deploymentId }, () =>
          client.send(
            new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
            options,
          ),
        );
        return 'ended';
      } catch (error) {
        if (notWaiting.includes(awsErrorName(error) ?? '')) return 'not-waiting';
        throw error;
      }
    },

    async reportHook(deploymentId, lifecycleEventHookExecutionId, status) {
      try {
        await callAws(
          { action: 'codedeploy:PutLifecycleEventHookExecutionStatus', resource: deploymentId },
          () =>
            client.send(
              new PutLifecycleEventHookExecutionStatusCommand({
                deploymentId,
                lifecycleEventHookExecutionId,
                status,
              }),
              options,
            ),
        );
        return 'accepted';
      } catch (error) {
        if (awsErrorName(error) === 'LifecycleEventAlreadyCompletedException') {
          return 'already-completed';
        }
        throw error;
      }
    },
  };
}
