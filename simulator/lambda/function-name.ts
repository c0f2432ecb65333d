import { AwsError } from '../core/aws-error.ts';

export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const namePart = /^[a-zA-Z0-9-_]{1,64}$/;

/** Reads a name, `name:qualifier`, `ACCOUNT:function:name` or a full ARN, each with an optional qualifier. */
export function parseFunctionName(text: string, qualifier?: string): FunctionReference {
  const parts = text.split(':');
  const at = parts.indexOf('function');
  const [name = '', inner, ...rest] = at >= 0 ? parts.slice(at + 1) : parts;
  if (!namePart.test(name) || rest.length > 0) {
    throw new AwsError(
      'InvalidParameterValueException',
      `1 validation error detected: Value '${text}' at 'functionName' failed to satisfy constraint: Member must be a function name or ARN`,
    );
  }
  if (inner !== undefined && qualifier !== undefined && inner !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return { name, qualifier: inner ?? qualifier };
}
