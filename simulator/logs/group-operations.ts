import type {
  AssociateKmsKeyCommandInput,
  AssociateKmsKeyCommandOutput,
  CreateLogGroupCommandInput,
  CreateLogGroupCommandOutput,
  DeleteLogGroupCommandInput,
  DeleteLogGroupCommandOutput,
  DeleteRetentionPolicyCommandInput,
  DeleteRetentionPolicyCommandOutput,
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  DisassociateKmsKeyCommandInput,
  DisassociateKmsKeyCommandOutput,
  PutRetentionPolicyCommandInput,
  PutRetentionPolicyCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../core/aws-error.ts';
import { operation, type WireOperation } from '../wire/operation.ts';
import type { LogGroup } from './log-stream.ts';
import type { LogsModel } from './model.ts';
import { pageOf } from './page.ts';
import { checkRetention } from './retention.ts';

/** Operations on groups. */
export function groupOperations(model: LogsModel): Record<string, WireOperation> {
  return {
    CreateLogGroup: operation<CreateLogGroupCommandInput, CreateLogGroupCommandOutput>(
      ['logGroupName', 'kmsKeyId', 'tags', 'logGroupClass', 'deletionProtectionEnabled'],
      ({ logGroupName = '', kmsKeyId, tags, logGroupClass, deletionProtectionEnabled }) => {
        if (
          logGroupClass &&
          logGroupClass !== 'STANDARD' &&
          logGroupClass !== 'INFREQUENT_ACCESS'
        ) {
          throw new AwsError(
            'InvalidParameterException',
            `The simulator keeps log groups of class STANDARD and INFREQUENT_ACCESS, not ${logGroupClass}`,
          );
        }
        model.createGroup(logGroupName, undefined, {
          kmsKeyId,
          tags,
          logGroupClass,
          deletionProtected: deletionProtectionEnabled,
        });
        return {};
      },
    ),
    DeleteLogGroup: operation<DeleteLogGroupCommandInput, DeleteLogGroupCommandOutput>(
      ['logGroupName'],
      ({ logGroupName = '' }) => {
        model.deleteGroup(logGroupName);
        return {};
      },
    ),
    PutRetentionPolicy: operation<PutRetentionPolicyCommandInput, PutRetentionPolicyCommandOutput>(
      ['logGroupName', 'retentionInDays'],
      ({ logGroupName = '', retentionInDays }) => {
        model.group(logGroupName).retentionInDays = checkRetention(retentionInDays);
        return {};
      },
    ),
    DeleteRetentionPolicy: operation<
      DeleteRetentionPolicyCommandInput,
      DeleteRetentionPolicyCommandOutput
    >(['logGroupName'], ({ logGroupName = '' }) => {
      model.group(logGroupName).retentionInDays = undefined;
      return {};
    }),
    AssociateKmsKey: operation<AssociateKmsKeyCommandInput, AssociateKmsKeyCommandOutput>(
      ['logGroupName', 'kmsKeyId'],
      ({ logGroupName = '', kmsKeyId }) => {
        model.group(logGroupName).kmsKeyId = kmsKeyId;
        return {};
      },
    ),
    DisassociateKmsKey: operation<DisassociateKmsKeyCommandInput, DisassociateKmsKeyCommandOutput>(
      ['logGroupName'],
      ({ logGroupName = '' }) => {
        model.group(logGroupName).kmsKeyId = undefined;
        return {};
      },
    ),
    DescribeLogGroups: operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(
      [
        'logGroupNamePrefix',
        'logGroupNamePattern',
        'logGroupClass',
        'logGroupIdentifiers',
        'limit',
        'nextToken',
      ],
      (input) => describeGroups(model, input),
    ),
  };
}

function describeGroups(
  model: LogsModel,
  input: DescribeLogGroupsCommandInput,
): Omit<DescribeLogGroupsCommandOutput, '$metadata'> {
  const { logGroupNamePrefix = '', logGroupNamePattern = '', logGroupClass } = input;
  const { logGroupIdentifiers = [], limit = 50, nextToken } = input;
  if (logGroupNamePrefix && logGroupNamePattern) {
    throw new AwsError(
      'InvalidParameterException',
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  // The operation declares no error for a group that is not there: it is left out.
  const wanted = logGroupIdentifiers.map((identifier) =>
    identifier.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, '').replace(/:\*$/, ''),
  );
  const found = model
    .groups()
    .filter(
      (group) =>
        group.name.startsWith(logGroupNamePrefix) &&
        group.name.toLowerCase().includes(logGroupNamePattern.toLowerCase()) &&
        (!logGroupClass || group.logGroupClass === logGroupClass) &&
        (wanted.length === 0 || wanted.includes(group.name)),
    );
  const page = pageOf(found, limit, nextToken);
  return {
    logGroups: page.items.map(showGroup),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

function showGroup(group: LogGroup) {
  const events = [...group.streams.values()].flatMap((stream) => stream.events);
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    ...(group.retentionInDays === undefined ? {} : { retentionInDays: group.retentionInDays }),
    ...(group.kmsKeyId ? { kmsKeyId: group.kmsKeyId } : {}),
    metricFilterCount: group.metricFilters.size,
    arn: `${group.arn}:*`,
    logGroupArn: group.arn,
    logGroupClass: group.logGroupClass,
    ...(group.deletionProtected ? { deletionProtectionEnabled: true } : {}),
    // CloudWatch counts 26 bytes of overhead per event.
    storedBytes: events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0),
  };
}
