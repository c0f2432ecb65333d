import { AwsError } from '../core/aws-error.ts';

/** Throws ValidationError for a name that IAM would not take; `member` as messages spell it: `roleName`. */
export function checkEntityName(name: string, member: string, maxLength = 64): void {
  if (name.length > maxLength) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value '${name}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxLength}`,
    );
  }
  if (/^[\w+=,.@-]+$/.test(name)) return;
  throw new AwsError(
    'ValidationError',
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
  );
}

/** Throws ValidationError: a path is `/`, or begins and ends with one. */
export function checkEntityPath(path: string): void {
  if (path.length <= 512 && /^\/([\x21-\x7e]+\/)?$/.test(path)) return;
  throw new AwsError(
    'ValidationError',
    'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
  );
}

export function wireTags(tags: ReadonlyMap<string, string>): { Key: string; Value: string }[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export function tagMapOf(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = [],
): Map<string, string> {
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
