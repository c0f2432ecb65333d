import { itemsOf, memberAt, membersOf } from '../../config/loose-value.ts';

/** What ECS sends along when it assumes a role for a task, by condition key in lower case. */
function requestContext(serviceArn: string): Readonly<Record<string, string>> {
  const [, partition, , region, account, resource = ''] = serviceArn.split(':');
  const [, cluster] = resource.split('/');
  return {
    'aws:sourceaccount': String(account),
    // The task does not exist yet; its id stands for any.
    'aws:sourcearn': `arn:${partition}:ecs:${region}:${account}:task/${cluster}/0123456789abcdef0123456789abcdef`,
  };
}

/**
 * Why a trust policy does not let a service assume the role, undefined when it does. Conditions on
 * aws:SourceAccount and aws:SourceArn are judged (the ones that ECS documents); any other is taken to hold.
 */
export function whyNotTrusted(
  policy: unknown,
  principal: string,
  serviceArn: string,
): string | undefined {
  const context = requestContext(serviceArn);
  const statements = listOf(memberAt(policy, 'Statement')).filter(
    (statement) =>
      covers(memberAt(statement, 'Action'), 'sts:AssumeRole') && names(statement, principal),
  );
  const effective = (effect: string) =>
    statements.filter((statement) => memberAt(statement, 'Effect') === effect);
  if (effective('Deny').some((statement) => conditionsHold(statement, context))) {
    return `its trust policy denies ${principal}`;
  }
  const allowing = effective('Allow');
  if (allowing.some((statement) => conditionsHold(statement, context))) return undefined;
  if (allowing.length > 0) {
    return `its trust policy allows ${principal} only on a condition that tasks here do not meet: ${JSON.stringify(memberAt(allowing[0], 'Condition'))}`;
  }
  const trusted = listOf(memberAt(policy, 'Statement')).flatMap((statement) =>
    membersOf(memberAt(statement, 'Principal')).flatMap(([, value]) => listOf(value)),
  );
  return `its trust policy does not name ${principal}, only ${trusted.join(', ') || 'nobody'}`;
}

function names(statement: unknown, principal: string): boolean {
  const named = memberAt(statement, 'Principal');
  if (named === '*') return true;
  return [...listOf(memberAt(named, 'Service')), ...listOf(memberAt(named, 'AWS'))].some(
    (value) => value === principal || value === '*',
  );
}

function conditionsHold(statement: unknown, context: Readonly<Record<string, string>>): boolean {
  return membersOf(memberAt(statement, 'Condition')).every(([operator, keys]) =>
    membersOf(keys).every(([key, wanted]) => {
      const actual = context[key.toLowerCase()];
      if (actual === undefined) return true;
      const matches = listOf(wanted).some((value) => likeGlob(actual, String(value)));
      return /Not(Equals|Like)/.test(operator) ? !matches : matches;
    }),
  );
}

function covers(action: unknown, wanted: string): boolean {
  return listOf(action).some((value) =>
    likeGlob(wanted.toLowerCase(), String(value).toLowerCase()),
  );
}

/** A policy's `*` and `?`; ARNs are compared as text, which is looser than IAM's member by member. */
function likeGlob(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

/** Policies write one thing without a list around it. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? itemsOf(value) : [value];
}
