import {
  DescribeExecutionCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import type { Arena } from './arena.ts';
import type { ObservedExecution } from './reality.ts';

/** Executions that were started since. */
export async function observeExecutions(
  { aws, names }: Arena,
  sinceMs: number,
): Promise<ObservedExecution[]> {
  const { stateMachineArn } = names;
  const { executions = [] } = await aws.states.send(
    new ListExecutionsCommand({ stateMachineArn, maxResults: 100 }),
  );
  const since = executions.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= sinceMs);
  return Promise.all(since.map((execution) => describe(aws, execution)));
}

async function describe(
  { states }: Arena['aws'],
  { executionArn }: ExecutionListItem,
): Promise<ObservedExecution> {
  const execution = await states.send(new DescribeExecutionCommand({ executionArn }));
  const output = parse(execution.output);
  return {
    name: execution.name ?? '',
    digest: text(parse(execution.input), 'digest'),
    status: execution.status ?? '',
    redriveCount: execution.redriveCount ?? 0,
    redrivenAtMs: execution.redriveDate?.getTime(),
    startedAtMs: execution.startDate?.getTime() ?? 0,
    endedAtMs: execution.stopDate?.getTime(),
    told: text(output, 'outcome') || `${execution.error ?? ''}`,
  };
}

export function parse(document: string | undefined): unknown {
  try {
    return JSON.parse(document ?? 'null');
  } catch {
    return undefined;
  }
}

/** A member of a JSON object, empty when it is no text. */
export function text(value: unknown, member: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Readonly<Record<string, unknown>>)[member];
  return typeof found === 'string' ? found : '';
}
