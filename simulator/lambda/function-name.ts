import { AwsError } from '../core/aws-error.ts';

export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const namePart = /^[a-zA-Z0-9-_]{1,64}$/;
const qualifierPart = /^(\$LATEST|[a-zA-Z0-9-_$]{1,128})$/;
/** As the service model and AWS's message have it. */
const shownPattern =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?';

/** Reads a name, `name:qualifier`, `ACCOUNT:function:name` or a full ARN, each with an optional qualifier. */
export function parseFunctionName(text: string, qualifier?: string): FunctionReference {
  const parts = text.split(':');
  const at = parts.indexOf('function');
  // `ACCOUNT:name` is a name as well.
  const bare = /^\d{12}$/.test(parts[0] ?? '') && parts.length > 1 ? parts.slice(1) : parts;
  const [name = '', inner, ...rest] = at >= 0 ? parts.slice(at + 1) : bare;
  if (!namePart.test(name) || rest.length > 0) throw invalidName(text);
  if (inner !== undefined && !qualifierPart.test(inner)) throw invalidName(text);
  if (inner !== undefined && qualifier && inner !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
      { members: { Type: 'User' } },
    );
  }
  return { name, qualifier: inner ?? (qualifier || undefined) };
}

/** Where a full or partial ARN says that its function is; undefined where it does not say. */
export function placeOfFunction(text: string) {
  const parts = text.startsWith('arn:') ? text.split(':').slice(3) : text.split(':');
  const at = parts.indexOf('function');
  const before = at >= 0 ? parts.slice(0, at) : parts.slice(0, -1);
  return {
    region: before.find((part) => /^[a-z]{2}-[a-z-]+-\d$/.test(part)),
    accountId: before.find((part) => /^\d{12}$/.test(part)),
  };
}

/** The name of a function that is to be created, which has no qualifier. */
export function parseNewFunctionName(text: string): string {
  const { name, qualifier } = parseFunctionName(text);
  if (qualifier === undefined) return name;
  throw invalidName(text);
}

function invalidName(text: string): AwsError {
  const name = text.split(':').at(-1) ?? '';
  const constraint =
    name.length > 64 && /^[\w-]+$/.test(name)
      ? 'have length less than or equal to 64'
      : `satisfy regular expression pattern: ${shownPattern}`;
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must ${constraint}`,
    { status: 400 },
  );
}
