import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SFNClient } from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { callAws } from '../../functions/adapters/aws-errors.ts';
import { clientSettings } from '../../functions/adapters/client-settings.ts';
import { codeDeployClient, codeDeployDeployments } from '../../functions/adapters/codedeploy.ts';
import { s3Client, s3Records } from '../../functions/adapters/s3-records.ts';
import { stepFunctionsExecutions } from '../../functions/adapters/step-functions-executions.ts';
import { PermissionDeniedError, RequestRefusedError } from '../../functions/core/errors.ts';
import type { Records } from '../../functions/core/ports/records.ts';
import { stateMachineName } from '../../infra/names.ts';
import type { ReleaseAccount } from '../release/release-account.ts';
import { executionHistory } from './execution-history.ts';
import { findRecordsBucket } from './find-records-bucket.ts';

export interface AccountOptions {
  readonly region: string;
  /** Default: what the controller's stack says. */
  readonly recordsBucket: string | undefined;
  /** Told once, in one sentence, of what may not be read and what is left out for it. */
  readonly lessToSee: (sentence: string) => void;
}

/** The account behind the credentials of this process, as releases are seen in it; every call only reads. */
export async function openAccount(options: AccountOptions): Promise<ReleaseAccount> {
  const states = new SFNClient(clientSettings);
  const stateMachineArn = await workflowArn(options.region);
  const executions = stepFunctionsExecutions(states, stateMachineArn);
  const deployments = codeDeployDeployments(codeDeployClient());
  const bucket = options.recordsBucket ?? (await recordsBucket(options));
  const records = bucket === undefined ? undefined : s3Records(s3Client(), bucket);
  const denied = new Set<string>();
  const ifPermitted = async <T>(what: string, ask: () => Promise<T>): Promise<T | undefined> => {
    if (denied.has(what)) return undefined;
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PermissionDeniedError)) throw error;
      denied.add(what);
      options.lessToSee(`${what} not shown: ${error.message}`);
      return undefined;
    }
  };
  return {
    stateMachineArn,
    executions: (sinceMs) => executions.list(sinceMs),
    describe: (executionArn) => executions.describe(executionArn),
    progress: (executionArn) => executionHistory(states, executionArn),
    deploymentTarget: (deploymentId) =>
      ifPermitted('Lifecycle events', () => deployments.target(deploymentId)),
    record:
      records === undefined ? async () => undefined : readableRecords(records, options.lessToSee),
  };
}

/** The workflow has a fixed name, so its ARN needs no permission but to know who one is, which everybody has. */
async function workflowArn(region: string): Promise<string> {
  const attempt = { action: 'sts:GetCallerIdentity', resource: 'the credentials in use' };
  const { Account, Arn = '' } = await callAws(attempt, () =>
    new STSClient({ ...clientSettings, region }).send(new GetCallerIdentityCommand({})),
  );
  // A login page with status 200 reads as an answer that says nothing.
  if (Account === undefined) {
    throw new RequestRefusedError(
      `${attempt.action} was answered, but not by AWS: the answer names no account; is there a proxy in between, or another --endpoint to use?`,
      { details: attempt },
    );
  }
  const partition = Arn.split(':')[1] ?? 'aws';
  return `arn:${partition}:states:${region}:${Account}:stateMachine:${stateMachineName}`;
}

async function recordsBucket({ lessToSee }: AccountOptions): Promise<string | undefined> {
  try {
    return await findRecordsBucket(new CloudFormationClient(clientSettings));
  } catch (error) {
    if (!(error instanceof PermissionDeniedError)) throw error;
    lessToSee(`Checks not shown: name the bucket with --records, as ${error.message}`);
    return undefined;
  }
}

/** As many in a row cannot all be records that are only not there yet. */
const toldAfterDenials = 10;

/**
 * Who may not list a bucket is told 403 for what is not there (S3 API reference, GetObject), so that one denial means
 * little; when nothing at all can be read, that is told once.
 */
function readableRecords(
  records: Pick<Records, 'read'>,
  lessToSee: (sentence: string) => void,
): (key: string) => Promise<unknown> {
  let denials = 0;
  return async (key) => {
    try {
      const document = await records.read(key);
      denials = Number.NEGATIVE_INFINITY;
      return document;
    } catch (error) {
      if (!(error instanceof PermissionDeniedError)) throw error;
      denials += 1;
      if (denials === toldAfterDenials) lessToSee(`Checks not shown: ${error.message}`);
      return undefined;
    }
  };
}
