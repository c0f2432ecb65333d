import type { Principal } from '../iam/principal.ts';
import type { Caller } from '../wire/operation.ts';

/**
 * Whoever calls with an access key that the simulator did not hand out: a person with all rights. A user and
 * not the account's root, since root may assume no role.
 */
export function administratorOf(accountId: string): Principal {
  const arn = `arn:aws:iam::${accountId}:user/rehearsal`;
  return { type: 'User', arn, userId: 'AIDAREHEARSAL', entityArn: arn };
}

/** Who makes a call; without credentials of the simulator, or without a call, the administrator. */
export function callingPrincipal(caller: Caller | undefined, accountId: string): Principal {
  return caller?.principal ?? administratorOf(accountId);
}

/** What GetCallerIdentity says of a caller. */
export function callerIdentity(principal: Principal | undefined, accountId: string) {
  const { arn, userId } = principal ?? administratorOf(accountId);
  return { UserId: userId, Account: accountId, Arn: arn };
}
