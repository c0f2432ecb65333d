import type { TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

const longestMinutes = 2880;
const largestPercent = 99;

/**
 * Checks the routing of a custom configuration: ranges and sentences as badmintoncryer/cdk-preflight measured
 * them with AWS (rules pf-codedeploy-config-traffic-*). Throws InvalidTrafficRoutingConfigurationException.
 */
export function checkTrafficRouting(
  routing: TrafficRoutingConfig | undefined,
): asserts routing is TrafficRoutingConfig {
  if (!routing?.type) {
    throw invalid(
      'Traffic routing configuration cannot be null nor empty for deployment configurations on this platform.',
    );
  }
  const { type, timeBasedCanary, timeBasedLinear } = routing;
  if (type !== 'AllAtOnce' && type !== 'TimeBasedCanary' && type !== 'TimeBasedLinear') {
    throw invalid(`Traffic routing type is not valid: ${type}`);
  }
  checkBlock('TimeBasedCanary', timeBasedCanary, type);
  checkBlock('TimeBasedLinear', timeBasedLinear, type);
  if (timeBasedCanary) {
    checkPercentage(timeBasedCanary.canaryPercentage);
    if (!isWithin(timeBasedCanary.canaryInterval, longestMinutes)) {
      throw invalid('Canary interval must be between 1 and 2880 minutes (2 days)');
    }
  }
  if (timeBasedLinear) {
    const { linearPercentage, linearInterval } = timeBasedLinear;
    checkPercentage(linearPercentage);
    const intervals = Math.floor(100 / (linearPercentage ?? 100));
    if (!isWithin(linearInterval, longestMinutes / intervals)) {
      throw invalid(
        'Total Traffic shifting intervals must be positive integers up to 2880 minutes (2 days)',
      );
    }
  }
}

function checkBlock(name: 'TimeBasedCanary' | 'TimeBasedLinear', block: unknown, type: string) {
  if (type === name && !block) {
    throw invalid(`${name}Configuration should not be null for ${type} type`);
  }
  if (type !== name && block) {
    throw invalid(`${name}Configuration should be null for ${type} type`);
  }
}

function checkPercentage(percentage: number | undefined): void {
  if (isWithin(percentage, largestPercent)) return;
  throw invalid('Valid traffic routing percentage is from 1 to 99');
}

function isWithin(value: number | undefined, most: number): boolean {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= most;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidTrafficRoutingConfigurationException', message);
}
