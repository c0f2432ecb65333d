import type {
  BatchGetDeploymentsCommandInput,
  BatchGetDeploymentsCommandOutput,
  ContinueDeploymentCommandInput,
  ContinueDeploymentCommandOutput,
  CreateDeploymentCommandInput,
  CreateDeploymentCommandOutput,
  GetDeploymentCommandInput,
  GetDeploymentCommandOutput,
  ListDeploymentsCommandInput,
  ListDeploymentsCommandOutput,
  PutLifecycleEventHookExecutionStatusCommandInput,
  PutLifecycleEventHookExecutionStatusCommandOutput,
  StopDeploymentCommandInput,
  StopDeploymentCommandOutput,
} from '@aws-sdk/client-codedeploy';
import { operation, type WireService } from '../wire/operation.ts';
import { limitBatch } from './batch-limit.ts';
import { listDeployments } from './list-deployments.ts';
import type { CodeDeployModel } from './model.ts';
import { page } from './page.ts';
import { deploymentInfo } from './shapes.ts';

export function deploymentOperations(model: CodeDeployModel): WireService['operations'] {
  return {
    CreateDeployment: operation<CreateDeploymentCommandInput, CreateDeploymentCommandOutput>(
      [
        'applicationName',
        'deploymentGroupName',
        'revision',
        'deploymentConfigName',
        'description',
        'autoRollbackConfiguration',
        'overrideAlarmConfiguration',
        'ignoreApplicationStopFailures',
        'updateOutdatedInstancesOnly',
        'fileExistsBehavior',
        'targetInstances',
      ],
      (input) => ({ deploymentId: model.createDeployment(input) }),
    ),

    GetDeployment: operation<GetDeploymentCommandInput, GetDeploymentCommandOutput>(
      ['deploymentId'],
      ({ deploymentId }) => ({
        deploymentInfo: deploymentInfo(model.deployments.get(deploymentId)),
      }),
    ),

    BatchGetDeployments: operation<
      BatchGetDeploymentsCommandInput,
      BatchGetDeploymentsCommandOutput
    >(['deploymentIds'], ({ deploymentIds }) => ({
      // No exception for a missing deployment is declared: it is left out [model].
      deploymentsInfo: limitBatch(deploymentIds, 25, 'DeploymentIdRequiredException').flatMap(
        (id) => {
          const deployment = model.deployments.find(id);
          return deployment ? [deploymentInfo(deployment)] : [];
        },
      ),
    })),

    ListDeployments: operation<ListDeploymentsCommandInput, ListDeploymentsCommandOutput>(
      [
        'applicationName',
        'deploymentGroupName',
        'includeOnlyStatuses',
        'createTimeRange',
        'nextToken',
      ],
      (input) => {
        const { items, next } = page(listDeployments(model, input), input.nextToken);
        return { deployments: items.map(({ id }) => id), ...next };
      },
    ),

    StopDeployment: operation<StopDeploymentCommandInput, StopDeploymentCommandOutput>(
      ['deploymentId', 'autoRollbackEnabled'],
      ({ deploymentId, autoRollbackEnabled }) =>
        model.stopDeployment(deploymentId, autoRollbackEnabled),
    ),

    ContinueDeployment: operation<ContinueDeploymentCommandInput, ContinueDeploymentCommandOutput>(
      ['deploymentId', 'deploymentWaitType'],
      ({ deploymentId, deploymentWaitType }) => {
        model.continueDeployment(deploymentId, deploymentWaitType);
        return {};
      },
    ),

    PutLifecycleEventHookExecutionStatus: operation<
      PutLifecycleEventHookExecutionStatusCommandInput,
      PutLifecycleEventHookExecutionStatusCommandOutput
    >(
      ['deploymentId', 'lifecycleEventHookExecutionId', 'status'],
      ({ deploymentId, lifecycleEventHookExecutionId, status }) => {
        model.reportHook(deploymentId, lifecycleEventHookExecutionId, status);
        return { lifecycleEventHookExecutionId };
      },
    ),
  };
}
