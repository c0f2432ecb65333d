import type { World } from '../core/world.ts';
import type { AccessControl } from '../wire/access-control.ts';
import type { RequestMembers } from '../wire/authorization.ts';
import type { AuthorizedService, Caller } from '../wire/operation.ts';
import type { Stack } from './model.ts';
import { validationError } from './validation-error.ts';

const service = 'cloudformation.amazonaws.com';

/**
 * Who works on stacks: a stack's service role, as the session `AWSCloudFormation`, else the caller of the stack
 * operation (CloudFormation user guide, "AWS CloudFormation service role"). Policies decide each step.
 */
export class StackAccess {
  readonly #world: World;
  readonly #access: AccessControl;
  readonly #sessions = new Map<string, Caller>();

  constructor(world: World, access: AccessControl) {
    this.#world = world;
    this.#access = access;
  }

  callerOf({ roleArn, caller }: Pick<Stack, 'roleArn' | 'caller'>): Caller | undefined {
    return roleArn === undefined ? caller : this.#session(roleArn);
  }

  /** Throws AwsError ValidationError (hashicorp/terraform-provider-aws #22834 waits for this text). */
  checkRole(roleArn: string | undefined): void {
    if (!roleArn || this.#world.services.iam.canAssume(roleArn, service)) return;
    throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
  }

  /** Throws the service's error for what the caller's policies do not allow. */
  authorize(
    caller: Caller | undefined,
    name: AuthorizedService,
    operation: string,
    input: RequestMembers,
  ): void {
    if (!caller) return;
    this.#access.authorize({
      caller,
      service: name,
      operation,
      input,
      sourceIp: undefined,
      calledVia: service,
    });
  }

  #session(roleArn: string): Caller {
    let caller = this.#sessions.get(roleArn);
    if (!caller) {
      const session = { roleArn, sessionName: 'AWSCloudFormation' };
      const keys = this.#world.services.iam.roleCredentials(session);
      caller = this.#access.identify({ ...keys, service: undefined });
      this.#sessions.set(roleArn, caller);
    }
    return caller;
  }
}
