import { setImmediate } from 'node:timers/promises';
import type { Config } from '../../functions/core/config/schema.ts';
import { DeploymentConflictError, GreengateError } from '../../functions/core/errors.ts';
import { nowMs } from './instants.ts';
import { type AllPorts, type StepName, shippedSteps } from './steps.ts';

/** What a port answers; the model's only error is CodeDeploy's lock. */
export type Reply = { readonly value: unknown } | { readonly conflict: string };

export interface Call {
  readonly kind: 'call';
  readonly port: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** Where a step stands after some replies. */
export type Standing =
  | Call
  | { readonly kind: 'returned'; readonly value: unknown }
  | {
      readonly kind: 'threw';
      readonly name: string;
      readonly message: string;
      readonly retryable: boolean;
    };

export interface Node {
  readonly step: StepName;
  readonly input: unknown;
  readonly replies: readonly Reply[];
  readonly children: Map<string, number>;
  standing?: Standing;
}

/** What sleeping passes over: every wait of a step for what AWS shows late is at most this long. */
const longestSettlingMs = 15_000;

/**
 * A tree of replies for each step and input. A step is run anew from its beginning with the replies so far, up to the
 * call that none answers yet; so a function in flight is one number in a state, and each history is run once only.
 */
export class ReplayTree {
  readonly #nodes: Node[] = [];
  readonly #roots = new Map<string, number>();
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  /** How many different histories of steps were run. */
  get histories(): number {
    return this.#nodes.length;
  }

  root(step: StepName, input: unknown): number {
    const key = `${step} ${JSON.stringify(input)}`;
    return this.#child(this.#roots, key, () => ({ step, input, replies: [], children: new Map() }));
  }

  after(node: number, reply: Reply): number {
    const { step, input, replies, children } = this.#node(node);
    const key = JSON.stringify(reply);
    return this.#child(children, key, () => ({
      step,
      input,
      replies: [...replies, reply],
      children: new Map(),
    }));
  }

  /** Which step stands there, and what it was called with. */
  invocation(node: number): Pick<Node, 'step' | 'input'> {
    return this.#node(node);
  }

  async standing(node: number): Promise<Standing> {
    const found = this.#node(node);
    found.standing ??= await replay(found, this.#config);
    return found.standing;
  }

  #node(node: number): Node {
    const found = this.#nodes[node];
    if (found === undefined) throw new Error(`no node ${node}`);
    return found;
  }

  #child(children: Map<string, number>, key: string, make: () => Node): number {
    const known = children.get(key);
    if (known !== undefined) return known;
    children.set(key, this.#nodes.length);
    this.#nodes.push(make());
    return this.#nodes.length - 1;
  }
}

async function replay({ step, input, replies }: Node, config: Config): Promise<Standing> {
  let issued = 0;
  let standing: Standing | undefined;
  const call = (port: string, method: string, args: readonly unknown[]): Promise<unknown> => {
    const position = issued++;
    const reply = replies[position];
    if (reply !== undefined) {
      return 'value' in reply
        ? Promise.resolve(reply.value)
        : Promise.reject(new DeploymentConflictError(reply.conflict));
    }
    if (position === replies.length) standing = { kind: 'call', port, method, args };
    return new Promise(() => undefined);
  };
  shippedSteps[step](input, portsOf(config, call)).then(
    (value) => {
      standing = { kind: 'returned', value };
    },
    (error: unknown) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      const retryable = error instanceof GreengateError && error.retryable;
      standing = { kind: 'threw', name, message, retryable };
    },
  );
  // All that the replies set going happens before the next turn of the event loop.
  await setImmediate();
  if (standing === undefined) throw new Error(`${step} waits for something that is no port`);
  return standing;
}

function portsOf(
  config: Config,
  call: (port: string, method: string, args: readonly unknown[]) => Promise<unknown>,
): AllPorts {
  const port = (name: string) =>
    new Proxy(
      {},
      {
        get:
          (_, method) =>
          (...args: unknown[]) =>
            call(name, String(method), args),
      },
    );
  let sleptMs = 0;
  const clock = {
    now: () => nowMs + sleptMs,
    sleep: async (ms: number) => {
      sleptMs += Math.max(ms, longestSettlingMs);
    },
  };
  const silent = () => undefined;
  const named = ['deployments', 'services', 'images', 'taskDefinitions', 'loadBalancing', 'probe'];
  const others = ['records', 'notifier', 'workflow', 'executions', 'line'];
  return {
    ...Object.fromEntries([...named, ...others].map((name) => [name, port(name)])),
    config,
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    signal: new AbortController().signal,
    timeout: () => new AbortController().signal,
    hookNamePrefix: 'CodeDeployHook_greengate-',
  } as unknown as AllPorts;
}
