import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { awsErrorName, callAws } from '../../functions/adapters/aws-errors.ts';
import { controllerStackName } from '../../infra/names.ts';
import { UsageError } from '../terminal/run-command.ts';

/** The bucket that the controller's stack names. Throws UsageError when Greengate is not in this account and Region. */
export async function findRecordsBucket(client: CloudFormationClient): Promise<string> {
  const attempt = { action: 'cloudformation:DescribeStacks', resource: controllerStackName };
  const { Stacks = [] } = await callAws(attempt, () =>
    client.send(new DescribeStacksCommand({ StackName: controllerStackName })),
  ).catch((error: unknown) => {
    // CloudFormation answers ValidationError for a stack that does not exist.
    if (awsErrorName(error) === 'ValidationError') throw notHere();
    throw error;
  });
  const bucket = Stacks.flatMap(({ Outputs = [] }) => Outputs).find(
    ({ OutputKey }) => OutputKey === 'RecordsBucketName',
  )?.OutputValue;
  if (bucket === undefined) throw notHere();
  return bucket;
}

/** Greengate is not where the person looks for it. */
export function notHere(): UsageError {
  return new UsageError(
    `This account and Region have no stack ${controllerStackName}: is it the right --region and account?`,
  );
}
