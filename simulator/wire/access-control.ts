import type { RequestMembers } from './authorization.ts';
import type { AuthorizedService, Caller, ServiceName } from './operation.ts';
import type { Signature } from './signature.ts';

export interface AuthorizedCall {
  readonly caller: Caller;
  readonly service: AuthorizedService;
  readonly operation: string;
  readonly input: RequestMembers;
  /** Address of the client. */
  readonly sourceIp: string | undefined;
  /** Service that makes the call for the caller: `cloudformation.amazonaws.com`. */
  readonly calledVia?: string | undefined;
}

/** Who may call what; the wire asks before an operation is carried out. */
export interface AccessControl {
  /** Never throws: an access key that the simulator did not hand out is the administrator's. */
  identify(signature: Signature | undefined): Caller;
  /** Throws the service's error for credentials that are no longer good. */
  authenticate(caller: Caller, service: ServiceName): void;
  /** Throws the service's error for a call that policies do not allow. */
  authorize(call: AuthorizedCall): void;
}

/** Every call is the administrator's; the simulator's functions can be told by their access key id. */
export const openAccess: AccessControl = {
  identify: (signature) => {
    const accessKeyId = signature?.accessKeyId ?? '';
    return { accessKeyId, name: accessKeyId.startsWith('FN.') ? accessKeyId.slice(3) : 'user' };
  },
  authenticate: () => {},
  authorize: () => {},
};
