import type { ParameterTier, ParameterType, PutParameterCommandInput } from '@aws-sdk/client-ssm';
import { AwsError } from '../core/aws-error.ts';
import { latestOf, type Parameter, type ParameterVersion } from './parameter.ts';

const mostLevels = 15;
const longestName = 1_011;
const longestValue: Readonly<Record<string, number>> = { Standard: 4_096, Advanced: 8_192 };
const dataTypes = ['text', 'aws:ec2:image', 'aws:ssm:integration'];

/** Throws what PutParameter answers to a name that Parameter Store does not take. */
export function checkParameterName(name: string): void {
  const bare = name.replace(/^\//, '');
  const isPath = (name.match(/\//g)?.length ?? 0) > 1;
  if (isPath && /^\/aws/i.test(name)) {
    throw new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
  }
  if (!isPath && /^(aws|ssm)/i.test(bare)) {
    throw invalid('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  }
  if (/^ssm/i.test(bare) || !/^[\w./-]+$/.test(name) || /\/\/|\/$/.test(name)) {
    throw badCharacters();
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw invalid('Parameter name must be a fully qualified name.');
  }
  if (name.length > longestName) {
    throw invalid(`Parameter name can be at most ${longestName} characters long.`);
  }
  if (bare.split('/').length > mostLevels) {
    throw new AwsError(
      'HierarchyLevelLimitExceededException',
      `The hierarchy for a parameter cannot exceed ${mostLevels} levels.`,
    );
  }
}

/** Throws what GetParameter answers to what cannot be a name, with or without a selector (localstack issue 7712). */
export function checkReadName(reference: string): void {
  if (!/^(arn:.*|[\w./-]+)(:.*)?$/s.test(reference)) throw badCharacters();
}

function badCharacters(): AwsError {
  return invalid(
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );
}

/** The version that a PutParameter makes, with its rules on type, size and pattern. */
export function newVersion(
  input: PutParameterCommandInput,
  present: Parameter | undefined,
  stamp: { readonly nowMs: number; readonly modifiedBy: string; readonly defaultKeyId: string },
): ParameterVersion {
  const before = present && latestOf(present);
  const type = input.Type ?? before?.type;
  if (!type) {
    throw invalid('A parameter type is required when you create a parameter.');
  }
  checkType(type);
  if (before && before.type !== type && [before.type, type].includes('SecureString')) {
    throw new AwsError(
      'HierarchyTypeMismatchException',
      'Parameter Store does not support changing a parameter type in a hierarchy.',
    );
  }
  if (input.KeyId && type !== 'SecureString') {
    throw invalid('KeyId is required for SecureString type parameter only.');
  }
  if (/\{\{.*\}\}/s.test(input.Value ?? '')) {
    throw invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  }
  const allowedPattern = input.AllowedPattern || before?.allowedPattern;
  checkPattern(input.Value ?? '', allowedPattern);
  const dataType = input.DataType ?? before?.dataType ?? 'text';
  if (!dataTypes.includes(dataType)) throw invalid(`Unsupported data type: ${dataType}`);
  return {
    version: (before?.version ?? 0) + 1,
    value: input.Value ?? '',
    type,
    keyId:
      type === 'SecureString' ? (input.KeyId ?? before?.keyId ?? stamp.defaultKeyId) : undefined,
    description: input.Description ?? before?.description,
    allowedPattern,
    tier: tierFor(input, before?.tier),
    dataType,
    modifiedAtMs: stamp.nowMs,
    modifiedBy: stamp.modifiedBy,
    labels: new Set(),
  };
}

function checkType(type: ParameterType): void {
  if (['String', 'StringList', 'SecureString'].includes(type)) return;
  throw invalid(
    `1 validation error detected: Value '${type}' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]`,
  );
}

function checkPattern(value: string, pattern: string | undefined): void {
  if (!pattern) return;
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new AwsError(
      'InvalidAllowedPatternException',
      `The request does not meet the regular expression requirement: ${pattern}`,
    );
  }
  if (!expression.test(value)) {
    throw new AwsError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
  }
}

function tierFor(
  { Value = '', Tier }: PutParameterCommandInput,
  before: ParameterTier | undefined,
): ParameterTier {
  if (Value === '') {
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  }
  const large = Value.length > (longestValue.Standard ?? 0);
  const tier =
    Tier === 'Intelligent-Tiering' ? (large ? 'Advanced' : 'Standard') : (Tier ?? before);
  const chosen = tier ?? 'Standard';
  if (before === 'Advanced' && chosen === 'Standard') {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    );
  }
  const limit = longestValue[chosen];
  if (limit === undefined) throw invalid(`Unknown parameter tier: ${chosen}`);
  if (Value.length > limit) {
    throw invalid(
      `${chosen} tier parameters support a maximum parameter value of ${limit} characters.`,
    );
  }
  return chosen;
}

export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
