import { type SweepMemory, sweepMemoryKey } from '../../functions/core/sweep/sweep-memory.ts';
import { intern } from './documents.ts';
import { firstPushMs } from './instants.ts';

/** One push of a scenario; the tag names the image from then on. */
export interface ScenarioPush {
  readonly tag: string;
  /** Images are numbered from 1; 0 is what production runs at first. */
  readonly image: number;
  /** After the first push; within one second ECR's events cannot tell pushes apart (aws-facts 1.2). */
  readonly afterMs: number;
}

/** What becomes of a deployment of an image: `early` fails before Install, `late` after production was shifted. */
export type Fate = 'good' | 'bad' | 'early' | 'late';

/** How often each of these may happen on one path; what is missing never does. */
export interface Budget {
  /** A function dies between two of its calls, or after the last. */
  readonly crash?: number;
  readonly lose?: number;
  readonly duplicate?: number;
  /** A function runs on though Step Functions gave up waiting for it and invokes another. */
  readonly orphan?: number;
  /** A waiting task's 15 minutes are over. */
  readonly timeout?: number;
  readonly sweep?: number;
  /** ListExecutions does not show what began just now: it is eventually consistent (Step Functions API reference). */
  readonly stale?: number;
  readonly rollbackFails?: number;
  readonly stopExecution?: number;
  readonly stopDeployment?: number;
  readonly redrive?: number;
}

export interface Scenario {
  readonly name: string;
  readonly pushes: readonly ScenarioPush[];
  /** By image. */
  readonly fates: readonly Fate[];
  readonly onNewerPush: 'wait' | 'supersede';
  readonly budget: Budget;
  /** Of all that the budget allows, so many in one path. */
  readonly faults: number;
  /** Functions in flight at one time; more wait for their turn. */
  readonly atOnce: number;
}

export type Waking =
  | { readonly kind: 'push'; readonly push: number }
  | { readonly kind: 'deployment'; readonly deployment: number }
  | { readonly kind: 'execution'; readonly execution: number; readonly redriveCount: number };

export type TaskName = 'resolve' | 'register' | 'run' | 'verify';

export interface Execution {
  readonly name: string;
  /** The ReleaseRequest, JSON text. */
  readonly input: string;
  readonly redriveCount: number;
  readonly task: TaskName;
  /** `due`: to be invoked; `invoked`: its function runs; `waiting`: its token waits; `over`: has ended. */
  readonly phase: 'due' | 'invoked' | 'waiting' | 'over';
  /** Tells the invocations and tokens of a task apart. */
  readonly attempt: number;
  readonly failedVerifications: number;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  readonly taskDefinitionArn?: string;
  readonly deploymentId?: string;
  readonly outcome?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** `shifting`: production is partly moved; `moved`: wholly; `kept`: judged good, the original is kept for a while. */
export type Phase = 'created' | 'installed' | 'shifting' | 'moved' | 'kept' | 'rolling' | 'ended';

export interface ModelDeployment {
  readonly description?: string;
  readonly image: number;
  readonly revision: number;
  readonly phase: Phase;
  readonly status: 'InProgress' | 'Succeeded' | 'Failed' | 'Stopped';
  /** How far it came; what it says of its lifecycle events once it has ended. */
  readonly reached: Phase;
  /** The deployment whose task set was PRIMARY before, and the target group of its own. */
  readonly original: number;
  readonly group: 0 | 1;
  readonly rollbackOf?: number;
  readonly rollback?: number;
  /** Its rollback is on its way, but not to be seen yet (aws-facts 3.8). */
  readonly linkDue?: true;
}

/** A function that runs: how far is told by its node in the tree of replies (replay.ts). */
export interface Process {
  readonly node: number;
  readonly label: string;
  readonly task?: { readonly execution: number; readonly name: TaskName; readonly attempt: number };
  readonly waking?: Waking;
  /** Deployments there were when it began: none that comes later ends before it does. */
  readonly born: number;
}

/** Everything that can differ; plain data, never changed in place once it is a state. */
export interface World {
  pushed: number;
  undelivered: Waking[];
  executions: Execution[];
  deployments: ModelDeployment[];
  /** Image of each registered task definition revision. */
  revisions: number[];
  /** Deployment whose task set is PRIMARY; -1 for the one that was there at first. */
  primary: number;
  /** Interned documents by key. */
  records: Record<string, number>;
  processes: Process[];
  spent: Record<string, number>;
  /** Human hands were in it, or a rollback failed: the newest image need not be what runs in the end. */
  disturbed: boolean;
}

/** Sweeps have run before the first push, so that they know its image to be new. */
const sweptBefore: SweepMemory = {
  repository: 'team/shop',
  patterns: ['v*'],
  sinceMs: firstPushMs - 24 * 3_600_000,
  sweptAtMs: firstPushMs - 60_000,
  tags: {},
};

export function firstWorld(): World {
  return {
    pushed: 0,
    undelivered: [],
    executions: [],
    deployments: [],
    revisions: [0],
    primary: -1,
    records: { [sweepMemoryKey('shop')]: intern(sweptBefore) },
    processes: [],
    spent: {},
    disturbed: false,
  };
}

/** A copy whose members may be set without changing the original. */
export function fork(world: World): World {
  return {
    ...world,
    undelivered: [...world.undelivered],
    executions: [...world.executions],
    deployments: [...world.deployments],
    revisions: [...world.revisions],
    records: { ...world.records },
    processes: [...world.processes],
    spent: { ...world.spent },
  };
}

export function replace<T>(list: T[], index: number, changes: Partial<T>): void {
  const current = list[index];
  if (current === undefined) throw new Error(`no member ${index} of ${list.length}`);
  list[index] = { ...current, ...changes };
}

export function wake(world: World, waking: Waking): void {
  const text = JSON.stringify(waking);
  if (world.undelivered.some((one) => JSON.stringify(one) === text)) return;
  world.undelivered.push(waking);
  world.undelivered.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}
