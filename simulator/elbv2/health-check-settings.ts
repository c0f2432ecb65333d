import { AwsError } from '../core/aws-error.ts';
import { notSimulated, validationError } from './actions.ts';
import type { HealthCheck, ProtocolVersion, TargetGroup } from './state.ts';
import { statusMatcher } from './status-matcher.ts';

/** Health check members as the API and the template spell them. */
export interface HealthCheckSettings {
  readonly HealthCheckEnabled?: boolean | undefined;
  readonly HealthCheckProtocol?: string | undefined;
  readonly HealthCheckPort?: string | undefined;
  readonly HealthCheckPath?: string | undefined;
  readonly HealthCheckIntervalSeconds?: number | undefined;
  readonly HealthCheckTimeoutSeconds?: number | undefined;
  readonly HealthyThresholdCount?: number | undefined;
  readonly UnhealthyThresholdCount?: number | undefined;
  readonly Matcher?:
    | { readonly HttpCode?: string | undefined; readonly GrpcCode?: string | undefined }
    | undefined;
}

/** Defaults of an HTTP target group (aws-facts 4.2). */
const defaults: HealthCheck = {
  path: '/',
  port: 'traffic-port',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
};

/** A path that no service answers: code 12, unimplemented, shows that gRPC is spoken. */
const grpcDefaults: HealthCheck = { ...defaults, path: '/AWS.ALB/healthcheck', matcher: '12' };

/** Applies the given members to `current`; throws `ValidationError` outside AWS's ranges. */
export function readHealthCheck(
  settings: HealthCheckSettings,
  { protocolVersion: version, targetType }: Pick<TargetGroup, 'protocolVersion' | 'targetType'>,
  current: HealthCheck = version === 'GRPC' ? grpcDefaults : defaults,
): HealthCheck {
  // Only functions go unchecked (API reference); AWS's text: openkruise/kruise-game #357.
  if (settings.HealthCheckEnabled === false) {
    throw new AwsError(
      'InvalidConfigurationRequestException',
      `Health check enabled must be true with groups with target type "${targetType}"`,
    );
  }
  const protocol = settings.HealthCheckProtocol || 'HTTP';
  if (protocol !== 'HTTP') throw notSimulated(`health check protocol ${protocol} (only HTTP)`);
  const check: HealthCheck = {
    path: settings.HealthCheckPath || current.path,
    port: settings.HealthCheckPort || current.port,
    intervalSeconds: within(
      settings,
      'HealthCheckIntervalSeconds',
      5,
      300,
      current.intervalSeconds,
    ),
    timeoutSeconds: within(settings, 'HealthCheckTimeoutSeconds', 2, 120, current.timeoutSeconds),
    healthyThreshold: within(settings, 'HealthyThresholdCount', 2, 10, current.healthyThreshold),
    unhealthyThreshold: within(
      settings,
      'UnhealthyThresholdCount',
      2,
      10,
      current.unhealthyThreshold,
    ),
    matcher: givenMatcher(settings, version) || current.matcher,
  };
  if (!check.path.startsWith('/')) {
    throw validationError(`Health check path '${check.path}' must begin with '/'`);
  }
  if (check.port !== 'traffic-port' && !isPort(check.port)) {
    throw validationError(
      `Health check port '${check.port}' must be 'traffic-port' or a number from 1 to 65535`,
    );
  }
  if (check.timeoutSeconds >= check.intervalSeconds) {
    throw validationError(
      `Health check interval of ${check.intervalSeconds} s must be greater than the timeout of ${check.timeoutSeconds} s`,
    );
  }
  statusMatcher(check.matcher, version);
  return check;
}

function givenMatcher(
  { Matcher }: HealthCheckSettings,
  version: ProtocolVersion,
): string | undefined {
  const { HttpCode, GrpcCode } = Matcher ?? {};
  const wrong = version === 'GRPC' ? HttpCode : GrpcCode;
  if (wrong) {
    throw validationError(
      `Health check matcher of a target group with protocol version ${version} must be given as ${version === 'GRPC' ? 'GrpcCode' : 'HttpCode'}`,
    );
  }
  return version === 'GRPC' ? GrpcCode : HttpCode;
}

type NumberMember =
  | 'HealthCheckIntervalSeconds'
  | 'HealthCheckTimeoutSeconds'
  | 'HealthyThresholdCount'
  | 'UnhealthyThresholdCount';

function within(
  settings: HealthCheckSettings,
  member: NumberMember,
  least: number,
  greatest: number,
  current: number,
): number {
  const value = settings[member] ?? current;
  if (Number.isInteger(value) && value >= least && value <= greatest) return value;
  throw validationError(`${member} ${value} must be between ${least} and ${greatest}`);
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
