import type { Model } from './answer.ts';
import type { Call, Node, ReplayTree } from './replay.ts';
import type { StepName } from './steps.ts';
import { type Budget, fork, type Process, type World } from './world.ts';

export interface Move {
  /** In plain words, for a counterexample. */
  readonly label: string;
  /** What it costs; a move without happens by itself, sooner or later. */
  readonly costs?: keyof Budget;
  /** Undefined where it would only repeat another. */
  apply(): Promise<World | undefined>;
}

/** Seeds a bug: what a step sees through it is as if the step did not look properly. */
export type Lens = (
  invocation: Pick<Node, 'step' | 'input'>,
  call: Call,
  reply: unknown,
) => unknown;

export interface Moving extends Model {
  readonly tree: ReplayTree;
  readonly lens?: Lens | undefined;
  /** Whether a replacement may be installed before a function has ended that ran when its deployment was created. */
  readonly slowFunctions?: boolean | undefined;
}

/** A move that costs notes it; `change` gets a copy. */
export function move(
  world: World,
  label: string,
  change: (next: World) => unknown,
  costs?: keyof Budget,
): Move {
  return {
    label,
    ...(costs && { costs }),
    apply: async () => {
      const next = fork(world);
      if (costs !== undefined) next.spent[costs] = (next.spent[costs] ?? 0) + 1;
      return (await change(next)) === 'no-move' ? undefined : next;
    },
  };
}

export function begin(
  next: World,
  { tree }: Moving,
  process: Pick<Process, 'label' | 'task' | 'waking'> & { step: StepName; input: unknown },
): void {
  const { step, input, ...about } = process;
  next.processes.push({ ...about, node: tree.root(step, input), born: next.deployments.length });
}
