import type { RoutingConfigurationListItem } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { parseMachineArn } from './qualified-arn.ts';
import type { MachineVersions } from './versions.ts';

/**
 * The machine that an alias's routing belongs to; throws ValidationException, worded as recorded AWS
 * answers are.
 */
export function requireRouting(
  routing: readonly RoutingConfigurationListItem[],
  versions: MachineVersions,
): string {
  const arns = routing.map((one) => one.stateMachineVersionArn ?? '');
  const weights = routing.map(({ weight = 0 }) => weight);
  const list = `[${arns.join(', ')}]`;
  if (routing.length > 2) {
    const items = arns.map(
      (arn, index) =>
        `RoutingConfigurationListItem(stateMachineVersionArn=${arn}, weight=${weights[index]})`,
    );
    throw invalid(
      `1 validation error detected: Value '[${items.join(', ')}]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2`,
    );
  }
  const over = weights.findIndex((weight) => weight > 100);
  if (over >= 0) {
    throw invalid(
      `1 validation error detected: Value '${weights[over]}' at 'routingConfiguration.${over + 1}.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100`,
    );
  }
  const parsed = arns.map(parseMachineArn);
  if (parsed.some(({ version }) => version === undefined)) {
    throw invalid(
      `Routing configuration must contain state machine version ARNs. Received: ${list}`,
    );
  }
  if (new Set(arns).size < arns.length) {
    throw invalid(
      `Routing configuration must contain distinct state machine version ARNs. Received: ${list}`,
    );
  }
  if (weights.reduce((sum, weight) => sum + weight, 0) !== 100) {
    throw invalid(
      `Sum of routing configuration weights must equal 100. Received: [${weights.join(', ')}]`,
    );
  }
  const machineArn = parsed[0]?.machineArn ?? '';
  if (parsed.some((one) => one.machineArn !== machineArn)) {
    throw invalid(
      `Routing configuration must contain versions of the same state machine. Received: ${list}`,
    );
  }
  const missing = parsed.findIndex(({ version = 0 }) => !versions.find(machineArn, version));
  if (missing < 0) return machineArn;
  throw new AwsError('ResourceNotFound', "Request references a resource that doesn't exist.", {
    members: { resourceName: arns[missing] },
  });
}

function invalid(message: string): AwsError {
  const members = message.startsWith('1 validation')
    ? {}
    : { reason: 'INVALID_ROUTING_CONFIGURATION' };
  return new AwsError('ValidationException', message, { members });
}
