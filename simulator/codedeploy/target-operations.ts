import type {
  BatchGetDeploymentTargetsCommandInput,
  BatchGetDeploymentTargetsCommandOutput,
  GetDeploymentTargetCommandInput,
  GetDeploymentTargetCommandOutput,
  ListDeploymentTargetsCommandInput,
  ListDeploymentTargetsCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { limitBatch } from './batch-limit.ts';
import type { CodeDeployModel } from './model.ts';
import { targetShape } from './target-shape.ts';

const statuses = ['Pending', 'InProgress', 'Succeeded', 'Failed', 'Skipped', 'Unknown', 'Ready'];

export function targetOperations(model: CodeDeployModel, world: World): WireService['operations'] {
  const find = (deploymentId: string | undefined, targetId: string | undefined) => {
    const { deployment, target } = model.deployments.startedTarget(deploymentId);
    if (!targetId) {
      throw new AwsError(
        'DeploymentTargetIdRequiredException',
        'A deployment target id is required',
      );
    }
    // The sentence that users quote (awsdocs/amazon-ecs-developer-guide #112).
    if (!/^[^:]+:[^:]+$/.test(targetId)) {
      throw new AwsError(
        'InvalidDeploymentTargetIdException',
        `Invalid id ${targetId} for ECS deployment, valid Id should be in format <cluster-name>:<service-name>`,
      );
    }
    if (targetId !== target.targetId) {
      throw new AwsError(
        'DeploymentTargetDoesNotExistException',
        `The deployment target ${targetId} does not exist in deployment ${deployment.id}`,
      );
    }
    return targetShape(world, deployment, target);
  };
  return {
    ListDeploymentTargets: operation<
      ListDeploymentTargetsCommandInput,
      ListDeploymentTargetsCommandOutput
    >(
      ['deploymentId', 'targetFilters', 'nextToken'],
      ({ deploymentId, targetFilters, nextToken }) => {
        if (nextToken) {
          throw new AwsError(
            'InvalidNextTokenException',
            `The next token is not valid: ${nextToken}`,
          );
        }
        const { target } = model.deployments.startedTarget(deploymentId);
        const { TargetStatus: wanted } = targetFilters ?? {};
        const [stranger] = Object.keys(targetFilters ?? {}).filter((key) => key !== 'TargetStatus');
        if (stranger !== undefined) {
          throw new AwsError(
            'InvalidTargetFilterNameException',
            `${stranger} is not a filter of ECS targets`,
          );
        }
        const unknown = (wanted ?? []).find((status) => !statuses.includes(status));
        if (unknown !== undefined) {
          throw new AwsError(
            'InvalidInstanceStatusException',
            `Target status is not valid: ${unknown}`,
          );
        }
        const listed = !wanted?.length || wanted.includes(target.status);
        return { targetIds: listed ? [target.targetId] : [] };
      },
    ),

    GetDeploymentTarget: operation<
      GetDeploymentTargetCommandInput,
      GetDeploymentTargetCommandOutput
    >(['deploymentId', 'targetId'], ({ deploymentId, targetId }) => ({
      deploymentTarget: find(deploymentId, targetId),
    })),

    BatchGetDeploymentTargets: operation<
      BatchGetDeploymentTargetsCommandInput,
      BatchGetDeploymentTargetsCommandOutput
    >(['deploymentId', 'targetIds'], ({ deploymentId, targetIds }) => ({
      deploymentTargets: limitBatch(
        targetIds,
        25,
        'DeploymentTargetIdRequiredException',
        'DeploymentTargetListSizeExceededException',
      ).map((targetId) => find(deploymentId, targetId)),
    })),
  };
}
