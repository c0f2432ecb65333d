import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { World } from '../../core/world.ts';
import { limitItems } from './evaluation-limits.ts';
import { javaRandom } from './java-random.ts';

const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/** Of `$range`, less than of other values (floci-io/floci pull request 2783, measured). */
const mostRangeItems = 360_145;

/**
 * Binds the functions Step Functions adds to JSONata, and those that must follow the simulator's clock and
 * seed; `$eval` is taken away (aws-facts 5.6). Arguments of a wrong type are refused by signature, others
 * outside a function's domain give undefined, which fails the field that holds the expression
 * (floci-io/floci pull request 2676, measured).
 */
export function bindStatesFunctions(expression: jsonata.Expression, world: World): void {
  const format = jsonata('$fromMillis($instant, $picture, $timezone)');
  const bind = (name: string, signature: string, implementation: (...args: never[]) => unknown) =>
    expression.registerFunction(name, implementation as () => unknown, signature);
  expression.assign('eval', undefined);
  bind('parse', '<s?:x>', (text?: string) => (text === undefined ? undefined : JSON.parse(text)));
  bind('uuid', '<:s>', () => world.ids.uuid());
  bind('random', '<n?:n>', (seed?: number) =>
    seed === undefined ? world.random.next() : javaRandom(seed),
  );
  bind('hash', '<ss?:s>', hash);
  bind('partition', '<xn?:a>', partition);
  bind('range', '<n?n?n?:a>', range);
  bind('millis', '<:n>', () => world.clock.now());
  bind('now', '<s?s?:s>', (picture?: string, timezone?: string) =>
    picture === undefined
      ? new Date(world.clock.now()).toISOString()
      : format.evaluate(undefined, { instant: world.clock.now(), picture, timezone }),
  );
}

function hash(content?: string, algorithm?: string): string | undefined {
  if (content === undefined || algorithm === undefined) return undefined;
  const name = hashAlgorithms[algorithm];
  if (!name) {
    const known = Object.keys(hashAlgorithms).join(', ');
    throw new Error(`Hash algorithm '${algorithm}' must be one of ${known}`);
  }
  return createHash(name).update(content, 'utf8').digest('hex');
}

/** All items are one part when no size is given. */
function partition(items: unknown, size?: number): unknown[][] | undefined {
  if (items === undefined) return undefined;
  // A signature takes a single value for an array of one, Step Functions does not.
  if (!Array.isArray(items)) throw { code: 'T0410', index: 1, value: items };
  if (size === undefined) return [items];
  const step = Math.trunc(size);
  if (step < 0) throw new Error('Second argument must be zero or greater');
  if (step === 0 || items.length === 0) return undefined;
  return Array.from({ length: Math.ceil(items.length / step) }, (_, index) =>
    items.slice(index * step, (index + 1) * step),
  );
}

/** One number is not in a list, as in any sequence of JSONata. */
function range(first?: number, last?: number, delta?: number): number[] | number | undefined {
  if (first === undefined || last === undefined || delta === undefined) return undefined;
  const [from, to, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(delta)];
  if (step === 0 || (to - from) * step < 0) return undefined;
  const length = Math.floor((to - from) / step) + 1;
  limitItems(length, mostRangeItems);
  return length === 1 ? from : Array.from({ length }, (_, index) => from + index * step);
}
