import type {
  DescribeMapRunCommandInput,
  DescribeMapRunCommandOutput,
  ListMapRunsCommandInput,
  ListMapRunsCommandOutput,
  UpdateMapRunCommandInput,
  UpdateMapRunCommandOutput,
} from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { World } from '../../core/world.ts';
import { operation, type WireOperation } from '../../wire/operation.ts';
import type { MapRun } from '../map-runs/map-run.ts';
import { countChildren } from '../map-runs/map-run-counts.ts';
import type { StatesModel } from '../model.ts';
import { page } from '../paging.ts';

/** Map Runs of distributed Map states (Map Run pages; shapes as recorded AWS answers have them). */
export function mapRunOperations(
  { mapRuns, executions }: StatesModel,
  { clock }: World,
): Record<string, WireOperation> {
  return {
    DescribeMapRun: operation<DescribeMapRunCommandInput, DescribeMapRunCommandOutput>(
      ['mapRunArn'],
      ({ mapRunArn = '' }) => {
        const run = mapRuns.get(mapRunArn);
        return {
          mapRunArn,
          executionArn: run.executionArn,
          status: run.status,
          ...dates(run),
          ...run.limits,
          itemCounts: countChildren(run, ({ itemCount }) => itemCount, clock.now()),
          executionCounts: countChildren(run, () => 1, clock.now()),
          redriveCount: run.redriveCount,
          ...(run.redriveMs !== undefined && { redriveDate: new Date(run.redriveMs) }),
        };
      },
    ),

    ListMapRuns: operation<ListMapRunsCommandInput, ListMapRunsCommandOutput>(
      ['executionArn', 'maxResults', 'nextToken'],
      ({ executionArn = '', ...request }) => {
        executions.describable(executionArn);
        const { items, ...rest } = page(
          mapRuns.ofExecution(executionArn),
          ({ arn }) => arn,
          request,
        );
        return {
          ...rest,
          mapRuns: items.map((run) => ({
            executionArn,
            mapRunArn: run.arn,
            stateMachineArn: run.machine.arn,
            ...dates(run),
          })),
        };
      },
    ),

    UpdateMapRun: operation<UpdateMapRunCommandInput, UpdateMapRunCommandOutput>(
      ['mapRunArn', 'maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage'],
      ({ mapRunArn = '', ...changes }) => {
        const run = mapRuns.get(mapRunArn);
        const given = Object.entries(changes).filter(([, value]) => value !== undefined);
        if (given.length === 0) {
          throw invalid(
            'One of maxConcurrency, toleratedFailureCount and toleratedFailurePercentage must be specified',
            'MISSING_REQUIRED_PARAMETER',
          );
        }
        if (run.status !== 'RUNNING') {
          throw invalid(
            `Map Run ${mapRunArn} has ended with the status ${run.status} and cannot be updated`,
            'CANNOT_UPDATE_COMPLETED_MAP_RUN',
          );
        }
        run.update(Object.fromEntries(given));
        return {};
      },
    ),
  };
}

function dates({ startMs, stopMs }: MapRun) {
  return {
    startDate: new Date(startMs),
    ...(stopMs !== undefined && { stopDate: new Date(stopMs) }),
  };
}

/** The reasons are the model's; the texts are not documented. */
function invalid(message: string, reason: string): AwsError {
  return new AwsError('ValidationException', message, { members: { reason } });
}
