import type { MapRunStatus } from '@aws-sdk/client-sfn';
import type { Execution } from '../executions/execution.ts';
import type { StateMachine } from '../machines/state-machine.ts';

/** One child execution, started or still to be started. */
export interface MapRunChild {
  readonly input: unknown;
  readonly itemCount: number;
  /** Undefined until it is started. */
  execution: Execution | undefined;
}

/** What UpdateMapRun can change while the Map Run goes on. */
export interface MapRunLimits {
  /** 0: as many as AWS runs at once. */
  maxConcurrency: number;
  /** Items in failed children that are tolerated; 0 with no percentage: none. */
  toleratedFailureCount: number;
  toleratedFailurePercentage: number;
}

/** Child executions that a Map Run runs at once at most (Map state page). */
const mostChildren = 10_000;

/** The children of one visit to a distributed Map state, and how far they have come. */
export class MapRun {
  readonly arn: string;
  /** Of the execution that the Map state is in. */
  readonly executionArn: string;
  /** The ItemProcessor as a machine: `…:stateMachine:NAME/LABEL`. */
  readonly machine: StateMachine;
  readonly startMs: number;
  readonly children: MapRunChild[] = [];
  /** False until all children are there: a redrive then reads the items again. */
  itemsKnown = false;
  limits: MapRunLimits;
  status: MapRunStatus = 'RUNNING';
  stopMs: number | undefined;
  redriveCount = 0;
  redriveMs: number | undefined;
  /** Children whose results are in the state's output or in S3. */
  resultsWritten = false;
  /** Called when the limits have changed. */
  onUpdate: (() => void) | undefined;

  constructor(options: {
    readonly arn: string;
    readonly executionArn: string;
    readonly machine: StateMachine;
    readonly startMs: number;
    readonly limits: MapRunLimits;
  }) {
    this.arn = options.arn;
    this.executionArn = options.executionArn;
    this.machine = options.machine;
    this.startMs = options.startMs;
    this.limits = options.limits;
  }

  /** `NAME` of `…:mapRun:MACHINE/LABEL:NAME`. */
  get id(): string {
    return this.arn.split(':').at(-1) ?? '';
  }

  get concurrency(): number {
    return Math.min(this.limits.maxConcurrency || mostChildren, mostChildren);
  }

  update(limits: Partial<MapRunLimits>): void {
    this.limits = { ...this.limits, ...limits };
    this.onUpdate?.();
  }

  end(status: Exclude<MapRunStatus, 'RUNNING'>, nowMs: number): void {
    this.status = status;
    this.stopMs = nowMs;
  }

  beginAgain(nowMs: number): void {
    this.status = 'RUNNING';
    this.stopMs = undefined;
    this.redriveCount++;
    this.redriveMs = nowMs;
  }
}

const failures: ReadonlySet<string> = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

export function hasFailed({ execution }: MapRunChild): boolean {
  return execution !== undefined && failures.has(execution.status);
}

/**
 * Whether more items have failed than the Map Run tolerates. A count and a percentage each speak for
 * themselves; without either, one failure is too many (Map state page, tolerated failure threshold).
 */
export function exceedsTolerance(
  { toleratedFailureCount: count, toleratedFailurePercentage: percentage }: MapRunLimits,
  items: { readonly failed: number; readonly total: number },
): boolean {
  if (items.failed === 0) return false;
  if (count === 0 && percentage === 0) return true;
  const share = (items.failed / items.total) * 100;
  return (count > 0 && items.failed > count) || (percentage > 0 && share > percentage);
}
