import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  paginateDescribeScalingPolicies,
} from '@aws-sdk/client-application-auto-scaling';
import type { ScalingInspection } from '../core/ports/service-scaling.ts';
import { callAws } from './aws-errors.ts';
import { clientSettings } from './client-settings.ts';
import { once } from './once.ts';

export const applicationAutoScalingClient = once(
  () => new ApplicationAutoScalingClient(clientSettings),
);

/** Application Auto Scaling of ECS services. */
export function applicationAutoScaling(
  client: ApplicationAutoScalingClient,
  signal?: AbortSignal,
): ScalingInspection {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async ofService(cluster, service) {
      const resource = `service/${cluster}/${service}`;
      const { ScalableTargets = [] } = await callAws(
        { action: 'application-autoscaling:DescribeScalableTargets', resource },
        () =>
          client.send(
            new DescribeScalableTargetsCommand({
              ServiceNamespace: 'ecs',
              ResourceIds: [resource],
              ScalableDimension: 'ecs:service:DesiredCount',
            }),
            options,
          ),
      );
      const target = ScalableTargets[0];
      if (target === undefined) return undefined;
      const { SuspendedState: suspended } = target;
      return {
        minTasks: target.MinCapacity ?? 0,
        maxTasks: target.MaxCapacity ?? 0,
        suspended: {
          scalingIn: suspended?.DynamicScalingInSuspended ?? false,
          scalingOut: suspended?.DynamicScalingOutSuspended ?? false,
          scheduled: suspended?.ScheduledScalingSuspended ?? false,
        },
        policyNames: await policyNames(client, resource, options),
      };
    },
  };
}

async function policyNames(
  client: ApplicationAutoScalingClient,
  resource: string,
  options: { readonly abortSignal?: AbortSignal },
): Promise<string[]> {
  const attempt = { action: 'application-autoscaling:DescribeScalingPolicies', resource };
  return callAws(attempt, async () => {
    const names: string[] = [];
    const request = {
      ServiceNamespace: 'ecs',
      ResourceId: resource,
      ScalableDimension: 'ecs:service:DesiredCount',
    } as const;
    for await (const page of paginateDescribeScalingPolicies({ client }, request, options)) {
      names.push(...(page.ScalingPolicies ?? []).flatMap(({ PolicyName }) => PolicyName ?? []));
    }
    return names;
  });
}
