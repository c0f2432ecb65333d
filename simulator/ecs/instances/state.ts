import type { Cluster } from '../cluster.ts';
import type { Task } from '../task.ts';
import type { InstanceCapacity } from './instance-types.ts';

/** An EC2 instance with the agent, as a cluster knows it. */
export interface ContainerInstance {
  readonly id: string;
  readonly arn: string;
  readonly cluster: Cluster;
  readonly ec2InstanceId: string;
  readonly instanceType: string;
  readonly capacity: InstanceCapacity;
  readonly registeredAtMs: number;
  readonly availabilityZone: string;
  readonly privateIp: string;
  /** Name of the Auto Scaling group that launched it. */
  readonly autoScalingGroup: string | undefined;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  version: number;
  /** Tasks that are not STOPPED. */
  readonly tasks: Set<Task>;
}

/** A port of an instance that a container's port is bound to. */
export interface PortBinding {
  readonly bindIP: string;
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Where a task of the EC2 launch type runs. */
export interface TaskPlacement {
  readonly instance: ContainerInstance;
  /** Host ports of the bridge and host network modes. */
  readonly bindings: readonly PortBinding[];
}

/** What a task takes of an instance. */
export interface TaskNeeds {
  readonly cpu: number;
  readonly memoryMiB: number;
  /** A network interface of its own: mode awsvpc. */
  readonly networkInterface: boolean;
  /** Port mappings whose host port is 0 get one of the ephemeral range. */
  readonly ports: readonly {
    readonly containerPort: number;
    readonly hostPort: number;
    readonly protocol: 'tcp' | 'udp';
  }[];
  readonly architecture: 'x86_64' | 'arm64' | undefined;
}
