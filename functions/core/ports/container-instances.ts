/** What is left on one EC2 instance of a cluster. */
export interface ContainerInstance {
  readonly id: string;
  /** CPU units, 1,024 to a core. */
  readonly freeCpu: number;
  readonly freeMemoryMib: number;
}

/** EC2 instances of ECS clusters, read only. */
export interface ContainerInstances {
  /** Those that are ACTIVE and whose agent is connected. */
  list(cluster: string): Promise<ContainerInstance[]>;
}
