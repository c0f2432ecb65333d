import type {
  DescribeExecutionCommandInput,
  DescribeExecutionCommandOutput,
  DescribeStateMachineForExecutionCommandInput,
  DescribeStateMachineForExecutionCommandOutput,
  ExecutionStatus,
  GetExecutionHistoryCommandInput,
  GetExecutionHistoryCommandOutput,
  ListExecutionsCommandInput,
  ListExecutionsCommandOutput,
  RedriveExecutionCommandInput,
  RedriveExecutionCommandOutput,
  StartExecutionCommandInput,
  StartExecutionCommandOutput,
  StateMachineType,
  StopExecutionCommandInput,
  StopExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import { withoutData } from '../executions/history.ts';
import { parseMachineArn } from '../machines/qualified-arn.ts';
import type { StatesModel } from '../model.ts';
import { page } from '../paging.ts';
import {
  childListItem,
  describeExecution,
  executionListItem,
  metadataOf,
} from './execution-shapes.ts';

export function executionOperations(
  { executions, machines, mapRuns }: StatesModel,
  world: World,
): Record<string, WireOperation> {
  return {
    StartExecution: operation<StartExecutionCommandInput, StartExecutionCommandOutput>(
      // The trace header only names a parent segment for X-Ray, which nothing here records.
      ['stateMachineArn', 'name', 'input', 'traceHeader'],
      ({ stateMachineArn = '', name, input }) => {
        const target = machines.startTarget(stateMachineArn);
        const execution = executions.start({ ...target, name, input });
        return { executionArn: execution.arn, startDate: new Date(execution.startMs) };
      },
    ),

    StopExecution: operation<StopExecutionCommandInput, StopExecutionCommandOutput>(
      ['executionArn', 'error', 'cause'],
      ({ executionArn = '', error, cause }) => {
        const { ending } = executions.stop(executionArn, error, cause);
        return { stopDate: new Date(ending?.atMs ?? world.clock.now()) };
      },
    ),

    RedriveExecution: operation<RedriveExecutionCommandInput, RedriveExecutionCommandOutput>(
      ['executionArn', 'clientToken'],
      ({ executionArn = '', clientToken }) => ({
        redriveDate: new Date(executions.redrive(executionArn, clientToken)),
      }),
    ),

    DescribeExecution: operation<DescribeExecutionCommandInput, DescribeExecutionCommandOutput>(
      ['executionArn', 'includedData'],
      ({ executionArn = '', includedData }) => {
        const described = describeExecution(
          executions.describable(executionArn),
          world.clock.now(),
        );
        return includedData === 'METADATA_ONLY' ? metadataOf(described) : described;
      },
    ),

    DescribeStateMachineForExecution: operation<
      DescribeStateMachineForExecutionCommandInput,
      DescribeStateMachineForExecutionCommandOutput
    >(['executionArn', 'includedData'], ({ executionArn = '' }) => {
      const { machine, versionArn, mapRun } = executions.describable(executionArn);
      const label = machine.arn.split('/').slice(1).join('/');
      return {
        stateMachineArn: versionArn ?? machine.arn,
        ...(mapRun && { mapRunArn: mapRun.mapRunArn, label }),
        name: machine.name,
        definition: machine.definition,
        roleArn: machine.roleArn,
        updateDate: new Date(machine.updatedMs),
        loggingConfiguration: machine.logging,
        tracingConfiguration: machine.tracing,
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
        revisionId: machine.revisionId,
      };
    }),

    ListExecutions: operation<ListExecutionsCommandInput, ListExecutionsCommandOutput>(
      ['stateMachineArn', 'mapRunArn', 'statusFilter', 'redriveFilter', 'maxResults', 'nextToken'],
      ({ stateMachineArn, mapRunArn, statusFilter, redriveFilter, ...request }) => {
        if ((stateMachineArn === undefined) === (mapRunArn === undefined)) {
          throw new AwsError(
            'ValidationException',
            'Exactly one of stateMachineArn and mapRunArn must be specified',
          );
        }
        checkStatus(statusFilter);
        const filter = { status: statusFilter, redriven: redriveFilter };
        if (mapRunArn !== undefined) {
          requireStandard(mapRuns.get(mapRunArn).machine.type);
          const { items, ...rest } = page(
            executions.list({ ...filter, mapRunArn }),
            ({ arn }) => arn,
            request,
          );
          return { ...rest, executions: items.map(childListItem) };
        }
        const { machineArn, version, alias } = parseMachineArn(stateMachineArn ?? '');
        requireStandard(machines.get(machineArn).type);
        const found = executions.list({
          ...filter,
          machineArn,
          ...(version !== undefined && { versionArn: stateMachineArn }),
          ...(alias !== undefined && { aliasArn: stateMachineArn }),
        });
        const { items, ...rest } = page(found, ({ arn }) => arn, request);
        return { ...rest, executions: items.map(executionListItem) };
      },
    ),

    GetExecutionHistory: operation<
      GetExecutionHistoryCommandInput,
      GetExecutionHistoryCommandOutput
    >(
      ['executionArn', 'maxResults', 'reverseOrder', 'nextToken', 'includeExecutionData'],
      ({ executionArn = '', reverseOrder, includeExecutionData = true, ...request }) => {
        const { events } = executions.get(executionArn).history;
        const ordered = reverseOrder ? events.toReversed() : events;
        const { items, ...rest } = page(ordered, ({ id }) => String(id), request);
        return { ...rest, events: includeExecutionData ? items : items.map(withoutData) };
      },
    ),
  };
}

/** Written out: the client's own list would load the client, a tenth of a second, before it is asked for. */
const statuses: readonly string[] = [
  'ABORTED',
  'FAILED',
  'PENDING_REDRIVE',
  'RUNNING',
  'SUCCEEDED',
  'TIMED_OUT',
] satisfies ExecutionStatus[];

function requireStandard(type: StateMachineType): void {
  if (type === 'STANDARD') return;
  throw new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

function checkStatus(status: string | undefined): void {
  if (status === undefined || statuses.includes(status)) return;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${status}' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [${statuses.join(', ')}]`,
  );
}
