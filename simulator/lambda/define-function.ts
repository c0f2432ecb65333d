import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { World } from '../core/world.ts';
import { isDeadLetterTarget } from './async-destination.ts';
import { checkFunction } from './check-function.ts';
import type { InstalledCode } from './code-store.ts';
import type { AttachedLayer, FunctionDefinition } from './function-definition.ts';
import type { FunctionRequest } from './function-request.ts';
import { requireDeadLetterPermission, requireNetworkPermissions } from './role-permissions.ts';

/** What a function is made of besides its request. */
export interface FunctionParts {
  readonly code: InstalledCode;
  readonly tags: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number | undefined;
  layers(arns: readonly string[]): AttachedLayer[];
}

/** A new function with Lambda's defaults: 3 s, 128 MB, x86_64. */
export function defineFunction(
  name: string,
  request: FunctionRequest,
  parts: FunctionParts,
  world: World,
): FunctionDefinition {
  const { code, tags, reservedConcurrency } = parts;
  if (request.Runtime === undefined || request.Handler === undefined) {
    throw invalid(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  const blank: FunctionDefinition = {
    name,
    arn: arn(world.identity, 'lambda', `function:${name}`),
    runtime: request.Runtime,
    role: '',
    handler: request.Handler,
    codeDirectory: code.codeDirectory,
    codeSize: code.codeSize,
    codeSha256: code.codeSha256,
    layers: [],
    description: '',
    timeoutSeconds: 3,
    memoryMb: 128,
    ephemeralStorageMb: 512,
    architecture: request.Architectures?.[0] === 'arm64' ? 'arm64' : 'x86_64',
    environment: {},
    tags,
    tracing: 'PassThrough',
    logging: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
    ...(reservedConcurrency !== undefined && { reservedConcurrency }),
    lastModifiedMs: world.clock.now(),
    revisionId: world.ids.uuid(),
  };
  return changeFunction(blank, request, parts, world);
}

/** The function with what the request names changed, and a new revision id. */
export function changeFunction(
  before: FunctionDefinition,
  request: FunctionRequest,
  { layers }: Pick<FunctionParts, 'layers'>,
  world: World,
): FunctionDefinition {
  checkFunction(request);
  if (request.Role !== undefined) requireTrust(request.Role, world);
  const { deadLetterTargetArn, vpc, ...kept } = before;
  const deadLetter = request.DeadLetterConfig
    ? request.DeadLetterConfig.TargetArn || undefined
    : deadLetterTargetArn;
  if (deadLetter !== undefined && !isDeadLetterTarget(deadLetter)) {
    throw invalid(`The provided dead letter target ${deadLetter} is not an SQS queue or SNS topic`);
  }
  const by = { name: before.name, role: request.Role ?? before.role };
  if (deadLetter !== undefined && (request.DeadLetterConfig || request.Role)) {
    requireDeadLetterPermission(world, by, deadLetter);
  }
  const network = request.VpcConfig ? vpcOf(request.VpcConfig, world) : vpc;
  if (network?.vpcId && (request.VpcConfig || request.Role)) requireNetworkPermissions(world, by);
  const { Layers } = request;
  return {
    ...kept,
    runtime: request.Runtime ?? before.runtime,
    role: by.role,
    handler: request.Handler ?? before.handler,
    layers: Layers ? layers(Layers) : before.layers,
    description: request.Description ?? before.description,
    timeoutSeconds: request.Timeout ?? before.timeoutSeconds,
    memoryMb: request.MemorySize ?? before.memoryMb,
    ephemeralStorageMb: request.EphemeralStorage?.Size ?? before.ephemeralStorageMb,
    environment: request.Environment
      ? { ...(request.Environment.Variables ?? {}) }
      : before.environment,
    tracing: (request.TracingConfig?.Mode as FunctionDefinition['tracing']) ?? before.tracing,
    logging: logging(before, request),
    ...(deadLetter !== undefined && { deadLetterTargetArn: deadLetter }),
    ...(network && { vpc: network }),
    lastModifiedMs: world.clock.now(),
    revisionId: world.ids.uuid(),
  };
}

/** Log levels exist for JSON only, and are INFO when nothing is said (Lambda guide, "Advanced logging"). */
function logging(
  { name, logging: before }: FunctionDefinition,
  { LoggingConfig: asked }: FunctionRequest,
): FunctionDefinition['logging'] {
  if (!asked) return before;
  const LogFormat = asked.LogFormat ?? before.LogFormat;
  const LogGroup = asked.LogGroup || before.LogGroup || `/aws/lambda/${name}`;
  if (LogFormat === 'Text') return { LogFormat, LogGroup };
  const { ApplicationLogLevel = 'INFO', SystemLogLevel = 'INFO' } = { ...before, ...asked };
  if (SystemLogLevel !== 'INFO') {
    throw new AwsError('NotImplemented', 'System log levels other than INFO are not simulated', {
      status: 400,
    });
  }
  return { LogFormat, LogGroup, ApplicationLogLevel, SystemLogLevel };
}

/** AWS's words, as public threads quote them. */
function requireTrust(role: string, { services }: World): void {
  if (services.iam.canAssume(role, 'lambda.amazonaws.com')) return;
  throw invalid('The role defined for the function cannot be assumed by Lambda.');
}

/** No subnets takes a function out of its VPC. */
function vpcOf(
  { SubnetIds = [], SecurityGroupIds = [] }: NonNullable<FunctionRequest['VpcConfig']>,
  { services }: World,
): FunctionDefinition['vpc'] {
  const [first] = SubnetIds;
  if (first === undefined) return { vpcId: '', subnetIds: [], securityGroupIds: [] };
  const vpcId = services.ec2.vpcOfSubnet(first);
  if (vpcId !== undefined) {
    return { vpcId, subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds };
  }
  throw invalid(
    `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${first}' does not exist`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
