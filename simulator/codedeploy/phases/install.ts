import { AwsError } from '../../core/aws-error.ts';
import type { TaskSetView } from '../../core/services.ts';
import { failed } from '../deployment-end.ts';
import { setProductionShare, targetGroupPair } from '../production-route.ts';
import { waitUntil } from '../wait-until.ts';
import { lifecycleEvent } from './lifecycle-event.ts';
import type { PhaseContext } from './phase-context.ts';

/** Steady state of the replacement (aws-facts 3.12). */
const steadyStateTimeoutMs = 3_600_000;

/** Creates the replacement task set and waits until it is steady. */
export function install(context: PhaseContext): Promise<void> {
  return lifecycleEvent(context, 'Install', async () => {
    const { world, deployment, target } = context;
    const { group, config } = deployment.order;
    const pair = targetGroupPair(world, group, target);
    if (config.routing.type !== 'AllAtOnce') {
      // Attached at weight 0, so that the load balancer checks it during Install (aws-facts 4.3).
      setProductionShare(world, deployment.role, group.productionListenerArn, pair, 0);
    }
    const view = createReplacement(context, pair.replacementArn);
    target.replacement = {
      id: view.id,
      label: 'Green',
      targetGroupArn: pair.replacementArn,
      view,
      trafficWeight: 0,
    };
    const steady = await waitUntil(world.clock, {
      check: () => steadyTaskSet(context, view.id),
      onChange: (look) => world.services.ecs.onTaskSetChange(group.cluster, group.service, look),
      timeoutMs: steadyStateTimeoutMs,
      signal: deployment.signal,
    });
    if (steady) return;
    throw failed(
      world.settings.unsteadyReplacementErrorCode,
      'The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes.',
    );
  });
}

function createReplacement(context: PhaseContext, targetGroupArn: string): TaskSetView {
  const { world, deployment, target } = context;
  const { group, appSpec } = deployment.order;
  const { platformVersion, networkConfiguration, capacityProviderStrategy } = appSpec;
  if (!world.services.ecs.taskDefinitionExists(appSpec.taskDefinition)) {
    throw failed(
      'ECS_UPDATE_ERROR',
      `The ECS service cannot be updated due to the following error: task definition ${appSpec.taskDefinition} does not exist or is inactive`,
    );
  }
  deployment.role.requireOnService('ecs:CreateTaskSet', target.serviceArn);
  for (const roleArn of world.services.ecs.taskDefinitionRoles(appSpec.taskDefinition)) {
    deployment.role.require('iam:PassRole', roleArn, {
      'iam:PassedToService': 'ecs-tasks.amazonaws.com',
    });
  }
  try {
    return world.services.ecs.createTaskSet({
      cluster: group.cluster,
      service: group.service,
      taskDefinition: appSpec.taskDefinition,
      externalId: deployment.id,
      targetGroupArn,
      containerName: appSpec.containerName,
      containerPort: appSpec.containerPort,
      ...(platformVersion === undefined ? {} : { platformVersion }),
      ...(networkConfiguration === undefined ? {} : { networkConfiguration }),
      ...(capacityProviderStrategy === undefined ? {} : { capacityProviderStrategy }),
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw failed(
      'ECS_UPDATE_ERROR',
      `The ECS service cannot be updated due to the following error: ${error.message}`,
    );
  }
}

function steadyTaskSet(context: PhaseContext, id: string): TaskSetView | undefined {
  const { group } = context.deployment.order;
  const service = context.world.services.ecs.service(group.cluster, group.service);
  return service?.taskSets.find(
    (taskSet) => taskSet.id === id && taskSet.stabilityStatus === 'STEADY_STATE',
  );
}
