import { AwsError } from '../core/aws-error.ts';

/** Server, which is CodeDeploy's default, and Lambda are refused by name: they are not simulated. */
export function refuseOtherPlatform(computePlatform: string | undefined): void {
  if (computePlatform === 'ECS') return;
  throw new AwsError(
    'InvalidComputePlatformException',
    `The simulator models compute platform ECS only, not ${computePlatform || 'Server'}`,
  );
}
