export interface RegisteredInstance {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Undefined where nothing checks it. */
  readonly health: 'HEALTHY' | 'UNHEALTHY' | undefined;
}

export interface ServiceDiscoveryService {
  /** What ECS must know of a Cloud Map service; undefined for one that is not there. */
  registry(serviceArn: string):
    | {
        readonly recordTypes: readonly string[];
        /** It has a custom health check, which ECS keeps up to date. */
        readonly keepsHealth: boolean;
      }
    | undefined;
  /** Registering again changes attributes and health. */
  registerInstance(serviceArn: string, instance: RegisteredInstance): void;
  deregisterInstance(serviceArn: string, instanceId: string): void;
}
