import type { CreateStateMachineCommandInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';

/** Refuses the values of known members that the simulator has nothing behind. */
export function requireModelled({
  encryptionConfiguration,
}: Partial<CreateStateMachineCommandInput>): void {
  if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY') {
    throw new AwsError(
      'InvalidEncryptionConfiguration',
      `Encryption type ${encryptionConfiguration.type} is not modelled by the simulator, need AWS_OWNED_KEY`,
    );
  }
}
