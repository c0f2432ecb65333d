import { arn } from '../../core/arns.ts';
import type { EcsServiceView, ForwardingView, TaskSetView } from '../../core/services.ts';
import type { World } from '../../core/world.ts';
import type { Deployment } from '../deployment.ts';
import { failed } from '../deployment-end.ts';
import { DeploymentTarget } from '../deployment-target.ts';
import { targetGroupArns } from '../production-route.ts';
import { balancerReads } from '../service-role.ts';

/**
 * Before anything is changed: the AppSpec must be the role's to read, the service must exist under CODE_DEPLOY, and both listeners must serve the
 * target group of its PRIMARY task set (aws-facts 3.2, 4.3). Returns the deployment's target.
 */
export function checkListeners(world: World, deployment: Deployment): DeploymentTarget {
  const { group, revision } = deployment.order;
  const { bucket, key, version } = revision.location.s3Location ?? {};
  if (bucket !== undefined) {
    const action = version ? 's3:GetObjectVersion' : 's3:GetObject';
    deployment.role.require(action, `arn:aws:s3:::${bucket}/${key}`);
  }
  const serviceArn = arn(world.identity, 'ecs', `service/${group.cluster}/${group.service}`);
  deployment.role.requireOnService('ecs:DescribeServices', serviceArn);
  const service = findService(world, group.cluster, group.service);
  for (const action of balancerReads) deployment.role.require(action, '*');
  const primary = service.taskSets.find((taskSet) => taskSet.status === 'PRIMARY');
  const originalArn = primary?.targetGroupArn;
  if (!primary || originalArn === undefined) {
    throw failed(
      'INVALID_ECS_SERVICE',
      `The ECS service ${group.service} has no PRIMARY task set behind a target group`,
    );
  }
  const pair = targetGroupArns(world, group);
  refuseLeftover(world, service, primary, group.productionListenerArn);
  for (const listenerArn of [group.productionListenerArn, group.testListenerArn]) {
    if (listenerArn !== undefined) requireBehind(world, listenerArn, originalArn, pair);
  }
  const original = {
    id: primary.id,
    label: 'Blue' as const,
    targetGroupArn: originalArn,
    view: primary,
    trafficWeight: 100,
  };
  const hasTestListener = group.testListenerArn !== undefined;
  return new DeploymentTarget(service, original, hasTestListener, world.clock.now());
}

function findService(world: World, cluster: string, name: string): EcsServiceView {
  const service = world.services.ecs.service(cluster, name);
  if (!service) {
    throw failed(
      'INVALID_ECS_SERVICE',
      `The ECS service ${name} does not exist in cluster ${cluster}`,
    );
  }
  if (service.deploymentController !== 'CODE_DEPLOY') {
    throw failed(
      'INVALID_ECS_SERVICE',
      `The ECS service ${name} has deployment controller ${service.deploymentController}; it must be CODE_DEPLOY`,
    );
  }
  return service;
}

/** Another task set still serves production: an earlier deployment did not get its way. */
function refuseLeftover(
  world: World,
  service: EcsServiceView,
  primary: TaskSetView,
  listenerArn: string,
): void {
  const others = service.taskSets.filter((taskSet) => taskSet.id !== primary.id);
  for (const forwarding of world.services.elbv2.forwardings(listenerArn)) {
    const leftover = others.find(
      ({ targetGroupArn }) =>
        targetGroupArn !== undefined &&
        targetGroupArn !== primary.targetGroupArn &&
        weightOf(forwarding, targetGroupArn) > 0,
    );
    if (!leftover) continue;
    throw failed(
      'ECS_UPDATE_ERROR',
      `TaskSet ${leftover.id} is behind prod listener ${forwarding.arn}. Verify that the TaskSet ${leftover.id} is still serving production traffic and update the listener rule if required`,
    );
  }
}

function requireBehind(
  world: World,
  listenerArn: string,
  originalArn: string,
  pair: readonly string[],
): void {
  const concerned = world.services.elbv2
    .forwardings(listenerArn)
    .filter(({ weights }) => weights.some((weight) => pair.includes(weight.targetGroupArn)));
  const wrong = concerned.find((forwarding) => weightOf(forwarding, originalArn) === 0);
  if (concerned.length > 0 && !wrong) return;
  throw failed(
    'ELASTIC_LOAD_BALANCING_INVALID',
    `The ELB could not be updated due to the following error: Primary taskset target group must be behind listener ${wrong?.arn ?? listenerArn}`,
  );
}

function weightOf(forwarding: ForwardingView, targetGroupArn: string): number {
  const entry = forwarding.weights.find((weight) => weight.targetGroupArn === targetGroupArn);
  return entry?.weight ?? 0;
}
