import type { LoggingConfiguration } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { machineTrust } from '../machine-trust.ts';

/** What a role must be allowed for Step Functions to set up the delivery (CloudWatch Logs page, IAM policies). */
const deliveryActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
/** CloudWatch Logs proves with it that it may write (log groups of public accounts have it). */
const validationStream = 'log_stream_created_by_aws_to_validate_log_delivery_subscriptions';
const validationMessage =
  'Permissions are set correctly to allow AWS CloudWatch Logs to write into your logs while creating a subscription.';

/** Throws what CreateStateMachine and UpdateStateMachine do for a destination that cannot be logged to. */
export function requireLogDestination(
  world: World,
  { level = 'OFF', destinations = [] }: LoggingConfiguration,
  machine: { readonly arn: string; readonly roleArn: string },
): void {
  // With OFF there may be none (recorded AWS answers).
  if (destinations.length > 1 || (level !== 'OFF' && destinations.length === 0)) {
    throw invalid('Must specify exactly one Log Destination.');
  }
  if (destinations.length === 0) return;
  const group = logGroupName(destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn);
  if (group === undefined) {
    // Recorded for a destination without an ARN; that the ARN must end so is the API reference's.
    const given = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn;
    throw invalid(
      given === undefined
        ? 'Must specify exactly one Log Destination.'
        : `Log Destination '${given}' must be the ARN of a log group that ends with ':*'.`,
    );
  }
  if (level === 'OFF') return;
  requirePermissions(world, machine);
  const { logs } = world.services;
  if (!logs.hasGroup(group)) throw invalid('Log Destination not found.');
  logs.append(group, validationStream, validationMessage);
}

/** Name of the group in `arn:aws:logs:…:log-group:NAME:*`; undefined for any other text. */
export function logGroupName(logGroupArn: string | undefined): string | undefined {
  const found = /^arn:aws[a-z-]*:logs:[^:]+:\d{12}:log-group:([^:]+):\*$/.exec(logGroupArn ?? '');
  return found?.[1];
}

/** AWS's words, as public threads quote them. */
function requirePermissions(
  { services }: World,
  { arn, roleArn }: { readonly arn: string; readonly roleArn: string },
): void {
  const denied = deliveryActions.some(
    (action) =>
      !services.iam.authorize({
        roleArn,
        servicePrincipal: 'states.amazonaws.com',
        action,
        resource: '*',
        trustContext: machineTrust(arn),
      }).allowed,
  );
  if (!denied) return;
  throw new AwsError(
    'AccessDeniedException',
    'The state machine IAM Role is not authorized to access the Log Destination',
    { status: 400 },
  );
}

function invalid(problem: string): AwsError {
  const message = `Invalid Logging Configuration: ${problem}`;
  return new AwsError('InvalidLoggingConfiguration', message);
}
