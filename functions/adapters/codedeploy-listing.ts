import {
  BatchGetDeploymentsCommand,
  type CodeDeployClient,
  type DeploymentStatus,
  ListDeploymentsCommand,
  type ListDeploymentsCommandInput,
} from '@aws-sdk/client-codedeploy';
import type { Deployment } from '../core/ports/deployments.ts';
import { callAws } from './aws-errors.ts';
import { toDeployment } from './codedeploy-shapes.ts';

interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** Everything but Succeeded, Failed and Stopped; the termination wait counts as InProgress (aws-facts 3.6). */
const activeStatuses: DeploymentStatus[] = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'];

/** BatchGetDeployments takes at most 25 ids (CodeDeploy API reference). */
const batchSize = 25;

/**
 * Deployments of a group created at or after `sinceMs` and, however old, every active one; newest first.
 * ListDeployments gives ids only and has no filter by description, so all of them are read.
 */
export async function listDeployments(
  client: CodeDeployClient,
  application: string,
  deploymentGroup: string,
  sinceMs: number,
  options: CallOptions,
): Promise<Deployment[]> {
  const list = (filter: Partial<ListDeploymentsCommandInput>) =>
    listIds(client, application, deploymentGroup, filter, options);
  const recent = await list({ createTimeRange: { start: new Date(sinceMs) } });
  const active = await list({ includeOnlyStatuses: activeStatuses });
  const found = await getAll(client, [...new Set([...active, ...recent])], options);
  return found.sort((left, right) => right.createdAtMs - left.createdAtMs);
}

async function listIds(
  client: CodeDeployClient,
  application: string,
  deploymentGroup: string,
  filter: Partial<ListDeploymentsCommandInput>,
  options: CallOptions,
): Promise<string[]> {
  const ids: string[] = [];
  const names = { applicationName: application, deploymentGroupName: deploymentGroup };
  let nextToken: string | undefined;
  do {
    const input = { ...names, ...filter, ...(nextToken === undefined ? {} : { nextToken }) };
    const page = await callAws(
      { action: 'codedeploy:ListDeployments', resource: `${application}/${deploymentGroup}` },
      () => client.send(new ListDeploymentsCommand(input), options),
    );
    ids.push(...(page.deployments ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return ids;
}

async function getAll(
  client: CodeDeployClient,
  ids: readonly string[],
  options: CallOptions,
): Promise<Deployment[]> {
  const found: Deployment[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const deploymentIds = ids.slice(start, start + batchSize);
    const output = await callAws(
      { action: 'codedeploy:BatchGetDeployments', resource: deploymentIds.join(', ') },
      () => client.send(new BatchGetDeploymentsCommand({ deploymentIds }), options),
    );
    found.push(...(output.deploymentsInfo ?? []).map(toDeployment));
  }
  return found;
}
