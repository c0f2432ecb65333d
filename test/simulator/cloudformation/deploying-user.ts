import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Simulator } from '../../../simulator/simulator.ts';

/** User `ann`, who may do nothing yet, as a client of CloudFormation, beside those of an administrator. */
export async function deployingUser(simulator: Simulator) {
  const options = { endpoint: simulator.endpoint, region: 'us-east-1', maxAttempts: 1 };
  const credentials = { accessKeyId: 'me', secretAccessKey: 'me' };
  const iam = new IAMClient({ ...options, credentials });
  await iam.send(new CreateUserCommand({ UserName: 'ann' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }));
  const deployer = new CloudFormationClient({
    ...options,
    credentials: {
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    },
  });
  const administrator = new CloudFormationClient({ ...options, credentials });
  return { iam, administrator, deployer };
}
