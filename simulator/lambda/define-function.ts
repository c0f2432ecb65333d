import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceContext } from '../cloudformation/resource-provider.ts';
import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import { isDestination } from './async-destination.ts';
import { reservedVariables } from './environment-variables.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { FunctionProperties } from './function-properties.ts';

/** Turns template properties into a definition, with Lambda's defaults: 3 s, 128 MB, x86_64. */
export function defineFunction(
  properties: FunctionProperties,
  context: ResourceContext,
): FunctionDefinition {
  const { world } = context;
  const name = properties.FunctionName ?? context.generatedName(64);
  const environment = properties.Environment?.Variables ?? {};
  refuseReserved(environment);
  const deadLetterTargetArn = properties.DeadLetterConfig?.TargetArn;
  if (deadLetterTargetArn !== undefined && !isDestination(deadLetterTargetArn)) {
    throw invalid(
      `The provided dead letter target ${deadLetterTargetArn} is not an SQS queue or SNS topic`,
    );
  }
  const { S3Bucket, S3Key } = properties.Code;
  const codeDirectory = world.assets.find(S3Bucket, S3Key);
  if (codeDirectory === undefined || !existsSync(codeDirectory)) {
    throw invalid(
      `Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: no asset s3://${S3Bucket}/${S3Key} was published for function ${name}`,
    );
  }
  return {
    name,
    arn: arn(world.identity, 'lambda', `function:${name}`),
    runtime: properties.Runtime,
    role: properties.Role,
    handler: properties.Handler,
    codeDirectory,
    ...measureCode(codeDirectory),
    description: properties.Description ?? '',
    timeoutSeconds: properties.Timeout ?? 3,
    memoryMb: properties.MemorySize ?? 128,
    ephemeralStorageMb: properties.EphemeralStorage?.Size ?? 512,
    architecture: properties.Architectures?.[0] ?? 'x86_64',
    environment,
    tags: Object.fromEntries((properties.Tags ?? []).map((tag) => [tag.Key, tag.Value])),
    tracing: properties.TracingConfig?.Mode ?? 'PassThrough',
    logging: {
      LogFormat: properties.LoggingConfig?.LogFormat ?? 'Text',
      LogGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
    },
    ...(deadLetterTargetArn === undefined ? {} : { deadLetterTargetArn }),
    ...(properties.ReservedConcurrentExecutions === undefined
      ? {}
      : { reservedConcurrency: properties.ReservedConcurrentExecutions }),
    ...(properties.VpcConfig && {
      vpc: {
        vpcId: vpcOf(properties.VpcConfig.SubnetIds ?? [], context),
        subnetIds: properties.VpcConfig.SubnetIds ?? [],
        securityGroupIds: properties.VpcConfig.SecurityGroupIds ?? [],
      },
    }),
    createdAtMs: world.clock.now(),
    revisionId: world.ids.uuid(),
  };
}

/** Empty for a function without subnets, which is in no VPC. */
function vpcOf([first]: readonly string[], { world }: ResourceContext): string {
  if (first === undefined) return '';
  const vpcId = world.services.ec2.vpcOfSubnet(first);
  if (vpcId !== undefined) return vpcId;
  throw invalid(
    `Error occurred while DescribeSubnets. EC2 Error Code: InvalidSubnetID.NotFound. EC2 Error Message: The subnet ID '${first}' does not exist`,
  );
}

function refuseReserved(environment: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(environment).filter((name) => reservedVariables.has(name));
  if (reserved.length === 0) return;
  throw invalid(
    `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
  );
}

/** Size and hash of the unpacked code: enough to tell two bundles apart. */
function measureCode(directory: string): { codeSize: number; codeSha256: string } {
  const hash = createHash('sha256');
  let codeSize = 0;
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, file);
    if (!statSync(path).isFile()) continue;
    const content = readFileSync(path);
    codeSize += content.length;
    hash.update(file).update(content);
  }
  return { codeSize, codeSha256: hash.digest('base64') };
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: { Type: 'User' } });
}
