import type { Principal } from '../iam/principal.ts';

/**
 * Whoever calls with an access key that the simulator did not hand out: a person with all rights. A user and
 * not the account's root, since root may assume no role.
 */
export function administratorOf(accountId: string): Principal {
  const arn = `arn:aws:iam::${accountId}:user/rehearsal`;
  return { type: 'User', arn, userId: 'AIDAREHEARSAL', entityArn: arn };
}

/** What GetCallerIdentity says of a caller. */
export function callerIdentity(principal: Principal | undefined, accountId: string) {
  const { arn, userId } = principal ?? administratorOf(accountId);
  return { UserId: userId, Account: accountId, Arn: arn };
}
