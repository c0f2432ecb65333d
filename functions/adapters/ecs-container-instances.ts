import {
  DescribeContainerInstancesCommand,
  type ECSClient,
  paginateListContainerInstances,
  type ContainerInstance as SdkInstance,
} from '@aws-sdk/client-ecs';
import type { ContainerInstance, ContainerInstances } from '../core/ports/container-instances.ts';
import { callAws } from './aws-errors.ts';

/** DescribeContainerInstances takes at most this many (ECS model). */
const instancesPerCall = 100;

/** EC2 instances of ECS clusters. */
export function ecsContainerInstances(client: ECSClient, signal?: AbortSignal): ContainerInstances {
  const options = signal === undefined ? {} : { abortSignal: signal };
  return {
    async list(cluster) {
      const attempt = { action: 'ecs:ListContainerInstances', resource: cluster };
      const arns = await callAws(attempt, async () => {
        const found: string[] = [];
        const request = { cluster, status: 'ACTIVE' } as const;
        for await (const page of paginateListContainerInstances({ client }, request, options)) {
          found.push(...(page.containerInstanceArns ?? []));
        }
        return found;
      });
      const instances: ContainerInstance[] = [];
      for (let from = 0; from < arns.length; from += instancesPerCall) {
        const containerInstances = arns.slice(from, from + instancesPerCall);
        const output = await callAws(
          { action: 'ecs:DescribeContainerInstances', resource: cluster },
          () =>
            client.send(
              new DescribeContainerInstancesCommand({ cluster, containerInstances }),
              options,
            ),
        );
        const usable = (output.containerInstances ?? []).filter((one) => one.agentConnected);
        instances.push(...usable.map(toInstance));
      }
      return instances;
    },
  };
}

function toInstance(instance: SdkInstance): ContainerInstance {
  const left = (name: string) =>
    instance.remainingResources?.find((resource) => resource.name === name)?.integerValue ?? 0;
  return {
    id: instance.ec2InstanceId ?? instance.containerInstanceArn ?? '',
    freeCpu: left('CPU'),
    freeMemoryMib: left('MEMORY'),
  };
}
