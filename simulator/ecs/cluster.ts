import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  ClusterServiceConnectDefaults,
} from '@aws-sdk/client-ecs';

export interface ClusterSetting {
  readonly name: string;
  readonly value: string;
}

export interface Cluster {
  readonly arn: string;
  readonly name: string;
  readonly tags: Map<string, string>;
  /** A deleted one stays describable for a while. */
  status: 'ACTIVE' | 'INACTIVE';
  settings: readonly ClusterSetting[];
  configuration: ClusterConfiguration | undefined;
  serviceConnectDefaults: ClusterServiceConnectDefaults | undefined;
  capacityProviders: readonly string[];
  defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[];
}
