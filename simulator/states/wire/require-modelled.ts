import type { CreateStateMachineCommandInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';

/** Refuses the values of known members that the simulator has nothing behind. */
export function requireModelled({
  type,
  publish,
  encryptionConfiguration,
}: Partial<CreateStateMachineCommandInput>): void {
  if (type !== undefined && type !== 'STANDARD') {
    throw new AwsError(
      'StateMachineTypeNotSupported',
      `State machine type ${type} is not modelled by the simulator, need STANDARD`,
    );
  }
  if (publish) {
    throw new AwsError(
      'ValidationException',
      'publish is true, but state machine versions are not modelled by the simulator',
    );
  }
  if (encryptionConfiguration && encryptionConfiguration.type !== 'AWS_OWNED_KEY') {
    throw new AwsError(
      'InvalidEncryptionConfiguration',
      `Encryption type ${encryptionConfiguration.type} is not modelled by the simulator, need AWS_OWNED_KEY`,
    );
  }
}
