import { AwsError } from '../../core/aws-error.ts';

/** White space, wildcards, brackets, special and control characters that a name must not hold. */
const forbidden = /[\s?*<>{}[\]"#%\\^|~`$&,;:/\p{Cc}]/u;

/** Names of state machines and executions: 1 to 80 characters (aws-facts 5.1). */
export function requireName(name: string): void {
  if (name.length >= 1 && name.length <= 80 && !forbidden.test(name)) return;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}
