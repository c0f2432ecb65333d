import type {
  FixedResponseActionConfig,
  RedirectActionConfig,
  RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { SocketAddress, TargetWeight } from '../core/services.ts';

/** How long a client stays with the target group that a forward action chose for it. */
export interface GroupStickiness {
  readonly enabled: boolean;
  readonly durationSeconds: number;
}

/** What a listener or rule does with a request; the types that need no identity provider. */
export type RoutingAction =
  | {
      readonly type: 'forward';
      readonly weights: readonly TargetWeight[];
      readonly stickiness?: GroupStickiness;
      readonly order?: number;
    }
  | { readonly type: 'redirect'; readonly redirect: RedirectActionConfig; readonly order?: number }
  | {
      readonly type: 'fixed-response';
      readonly response: FixedResponseActionConfig;
      readonly order?: number;
    };

export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  /** `app/NAME/ID`, the value of the metrics' LoadBalancer dimension. */
  readonly fullName: string;
  readonly dnsName: string;
  readonly scheme: 'internet-facing' | 'internal';
  readonly createdAtMs: number;
  securityGroups: readonly string[];
  subnets: readonly string[];
  ipAddressType: string;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
}

export interface Rule {
  readonly arn: string;
  priority: number;
  conditions: readonly RuleCondition[];
  action: RoutingAction;
  /** What requests still follow while a change of `action` spreads. */
  servedAction?: RoutingAction | undefined;
  readonly tags: Map<string, string>;
}

/** The TLS side of an HTTPS listener. */
export interface ListenerTls {
  /** Name of a predefined security policy. */
  readonly policy: string;
  /** Shown to clients for which no other certificate fits. */
  readonly certificateArn: string;
  readonly moreCertificateArns: readonly string[];
}

export interface Listener {
  readonly arn: string;
  readonly loadBalancer: LoadBalancer;
  /** As in the template; the socket behind it has a port of its own. */
  port: number;
  /** Undefined for HTTP. */
  tls: ListenerTls | undefined;
  /** The default rule has an ARN of its own, though its action is the listener's. */
  readonly defaultRuleArn: string;
  defaultAction: RoutingAction;
  /** What requests still follow while a change of `defaultAction` spreads. */
  servedAction?: RoutingAction | undefined;
  /** By ascending priority. */
  rules: Rule[];
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** Where the front really listens. */
  address: SocketAddress;
}

export interface HealthCheck {
  readonly path: string;
  /** `traffic-port` or a number. */
  readonly port: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** `200`, `200,202` or `200-299`; gRPC status codes where the group speaks gRPC. */
  readonly matcher: string;
}

/** What targets are spoken to in: HTTP/1.1, HTTP/2 without TLS, or gRPC upon that. */
export type ProtocolVersion = 'HTTP1' | 'HTTP2' | 'GRPC';

/** What a target's id names: an address, or a container instance whose address it stands for. */
export type TargetType = 'ip' | 'instance';

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  /** `targetgroup/NAME/ID`, the value of the metrics' TargetGroup dimension. */
  readonly fullName: string;
  readonly targetType: TargetType;
  readonly port: number;
  readonly vpcId: string | undefined;
  readonly protocolVersion: ProtocolVersion;
  readonly ipAddressType: string;
  healthCheck: HealthCheck;
  readonly attributes: Map<string, string>;
  readonly tags: Map<string, string>;
  /** The load balancer whose listeners or rules forward to it, at whatever weight. */
  loadBalancerArn: string | undefined;
}
