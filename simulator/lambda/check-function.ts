import { AwsError } from '../core/aws-error.ts';
import { reservedVariables } from './environment-variables.ts';
import type { FunctionRequest } from './function-request.ts';

const supportedRuntimes = ['nodejs20.x', 'nodejs22.x', 'nodejs24.x'];
/** Runtimes that nothing can be created with any more (Lambda guide, "Lambda runtimes"). */
const endedRuntimes = /^nodejs(\d?|4\.3(-edge)?|6\.10|8\.10|1[0-8]\.x)$/;
const otherRuntimes = /^(python|java|dotnet|go|ruby|provided)[\w.]*$/;
const roleArn = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;
const environmentLimitBytes = 4096;
const layerLimit = 5;

/** Refuses, in Lambda's words, values that no function can have; members that are absent are not looked at. */
export function checkFunction(request: FunctionRequest): void {
  const problems = [
    ...range('timeout', request.Timeout, 1, 900),
    ...range('memorySize', request.MemorySize, 128, Number.POSITIVE_INFINITY),
    ...range('ephemeralStorage.size', request.EphemeralStorage?.Size, 512, 10_240),
    ...longest('description', request.Description, 256),
    ...longest('handler', request.Handler, 128),
    ...pattern('handler', request.Handler, /^\S+$/, '[^\\s]+'),
    ...pattern('role', request.Role, roleArn, roleArn.source.slice(1, -1).replaceAll('\\/', '/')),
    ...oneOf('tracingConfig.mode', request.TracingConfig?.Mode, ['Active', 'PassThrough']),
    ...oneOf('loggingConfig.logFormat', request.LoggingConfig?.LogFormat, ['JSON', 'Text']),
    ...oneOf('packageType', request.PackageType, ['Image', 'Zip']),
    ...(request.Architectures ?? []).flatMap((each) =>
      oneOf('architectures', each, ['x86_64', 'arm64']),
    ),
    ...variableNames(request.Environment?.Variables),
  ];
  if (problems.length > 0) {
    const count =
      problems.length === 1 ? '1 validation error' : `${problems.length} validation errors`;
    throw new AwsError('ValidationException', `${count} detected: ${problems.join('; ')}`, {
      status: 400,
    });
  }
  if ((request.MemorySize ?? 0) > 10_240) {
    throw invalid(
      "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to 10240",
    );
  }
  checkRuntime(request.Runtime);
  checkEnvironment(request.Environment?.Variables ?? {});
  if (request.PackageType === 'Image') throw notSimulated('PackageType Image');
  if (request.SnapStart?.ApplyOn === 'PublishedVersions') {
    throw invalid(
      `${request.Runtime ?? 'The runtime'} is not supported for SnapStart enabled functions.`,
    );
  }
  if ((request.Layers?.length ?? 0) > layerLimit) {
    throw invalid(`Cannot reference more than ${layerLimit} layers.`);
  }
}

function checkRuntime(runtime: string | undefined): void {
  if (runtime === undefined || supportedRuntimes.includes(runtime)) return;
  if (endedRuntimes.test(runtime)) {
    throw invalid(
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  if (otherRuntimes.test(runtime)) throw notSimulated(`Runtime ${runtime}`);
  throw invalid(
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${supportedRuntimes.join(', ')}] or be a valid ARN`,
  );
}

/** Both texts as public threads quote them (github-aws-runners/terraform-aws-github-runner #3594). */
function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const unable =
    'Lambda was unable to configure your environment variables because the environment variables you have provided';
  const reserved = Object.keys(variables).filter((name) => reservedVariables.has(name));
  if (reserved.length > 0) {
    throw invalid(
      `${unable} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (Buffer.byteLength(measured) > environmentLimitBytes) {
    throw invalid(`${unable} exceeded the 4KB limit. String measured: ${measured}`);
  }
}

function variableNames(variables: Readonly<Record<string, string>> | undefined): string[] {
  const wrong = Object.keys(variables ?? {}).filter(
    (name) => !/^[a-zA-Z]\w+$/.test(name) && !reservedVariables.has(name),
  );
  if (wrong.length === 0) return [];
  return [
    "Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
  ];
}

function failed(member: string, value: unknown, constraint: string): string {
  return `Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`;
}

function range(member: string, value: number | undefined, least: number, most: number): string[] {
  if (value === undefined) return [];
  if (value < least) return [failed(member, value, `have value greater than or equal to ${least}`)];
  if (value > most) return [failed(member, value, `have value less than or equal to ${most}`)];
  return [];
}

function longest(member: string, value: string | undefined, most: number): string[] {
  return (value?.length ?? 0) > most
    ? [failed(member, value, `have length less than or equal to ${most}`)]
    : [];
}

function pattern(
  member: string,
  value: string | undefined,
  shape: RegExp,
  shown: string,
): string[] {
  return value === undefined || shape.test(value)
    ? []
    : [failed(member, value, `satisfy regular expression pattern: ${shown}`)];
}

function oneOf(member: string, value: string | undefined, values: readonly string[]): string[] {
  return value === undefined || values.includes(value)
    ? []
    : [failed(member, value, `satisfy enum value set: [${values.join(', ')}]`)];
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}

function notSimulated(subject: string): AwsError {
  return new AwsError(
    'NotImplemented',
    `${subject} is not simulated; functions run on this machine's Node.js`,
    { status: 400 },
  );
}
