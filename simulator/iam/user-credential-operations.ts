import type {
  DeleteLoginProfileCommandInput,
  DeleteLoginProfileCommandOutput,
  GetLoginProfileCommandInput,
  GetLoginProfileCommandOutput,
  ListMFADevicesCommandInput,
  ListMFADevicesCommandOutput,
  ListServiceSpecificCredentialsCommandInput,
  ListServiceSpecificCredentialsCommandOutput,
  ListSigningCertificatesCommandInput,
  ListSigningCertificatesCommandOutput,
  ListSSHPublicKeysCommandInput,
  ListSSHPublicKeysCommandOutput,
  ListVirtualMFADevicesCommandInput,
  ListVirtualMFADevicesCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsError } from '../core/aws-error.ts';
import { type CallContext, operation, type WireOperation } from '../wire/operation.ts';
import { callingUser } from './calling-user.ts';
import type { IamModel } from './model.ts';

/** Credentials other than access keys, of which no user has any: what Terraform reads before it destroys a user. */
export function userCredentialOperations(model: IamModel): Record<string, WireOperation> {
  const noneOf = <T>(none: T) => {
    return ({ UserName }: { UserName?: string | undefined }, context: CallContext): T => {
      callingUser(model, UserName, context);
      return none;
    };
  };
  const noProfile = ({ UserName }: { UserName?: string | undefined }, context: CallContext) => {
    const { userName } = callingUser(model, UserName, context);
    throw new AwsError('NoSuchEntity', `Login Profile for User ${userName} cannot be found.`);
  };
  const pages = ['UserName', 'Marker', 'MaxItems'] as const;
  return {
    GetLoginProfile: operation<GetLoginProfileCommandInput, GetLoginProfileCommandOutput>(
      ['UserName'],
      noProfile,
    ),
    DeleteLoginProfile: operation<DeleteLoginProfileCommandInput, DeleteLoginProfileCommandOutput>(
      ['UserName'],
      noProfile,
    ),
    ListMFADevices: operation<ListMFADevicesCommandInput, ListMFADevicesCommandOutput>(
      pages,
      noneOf({ MFADevices: [], IsTruncated: false }),
    ),
    ListVirtualMFADevices: operation<
      ListVirtualMFADevicesCommandInput,
      ListVirtualMFADevicesCommandOutput
    >(['AssignmentStatus', 'Marker', 'MaxItems'], () => ({
      VirtualMFADevices: [],
      IsTruncated: false,
    })),
    ListSSHPublicKeys: operation<ListSSHPublicKeysCommandInput, ListSSHPublicKeysCommandOutput>(
      pages,
      noneOf({ SSHPublicKeys: [], IsTruncated: false }),
    ),
    ListSigningCertificates: operation<
      ListSigningCertificatesCommandInput,
      ListSigningCertificatesCommandOutput
    >(pages, noneOf({ Certificates: [], IsTruncated: false })),
    ListServiceSpecificCredentials: operation<
      ListServiceSpecificCredentialsCommandInput,
      ListServiceSpecificCredentialsCommandOutput
    >(['UserName', 'ServiceName'], noneOf({ ServiceSpecificCredentials: [] })),
  };
}
