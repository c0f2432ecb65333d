import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { Random } from '../../core/random.ts';
import type { World } from '../../core/world.ts';

const hashAlgorithms: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * The functions Step Functions adds to JSONata, and those that must follow the simulator's clock and
 * seed. `$eval` is taken away (aws-facts 5.6). Arguments outside a function's domain give undefined,
 * which fails the field that holds the expression.
 */
export function statesFunctions(world: World): Record<string, unknown> {
  const format = jsonata('$fromMillis($instant, $picture, $timezone)');
  return {
    eval: undefined,
    parse: (text: unknown) => (typeof text === 'string' ? JSON.parse(text) : undefined),
    uuid: () => world.ids.uuid(),
    random: (seed?: unknown) =>
      typeof seed === 'number' ? new Random(Math.trunc(seed)).next() : world.random.next(),
    hash,
    partition,
    range,
    millis: () => world.clock.now(),
    now: (picture?: unknown, timezone?: unknown) =>
      picture === undefined
        ? new Date(world.clock.now()).toISOString()
        : format.evaluate(undefined, { instant: world.clock.now(), picture, timezone }),
  };
}

function hash(content: unknown, algorithm: unknown): string | undefined {
  if (content === undefined || typeof algorithm !== 'string') return undefined;
  const name = hashAlgorithms[algorithm];
  if (!name) {
    const known = Object.keys(hashAlgorithms).join(', ');
    throw new Error(`$hash knows the algorithms ${known}, not ${algorithm}`);
  }
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return createHash(name).update(text, 'utf8').digest('hex');
}

function partition(items: unknown, size: unknown): unknown[][] | undefined {
  if (!Array.isArray(items) || items.length === 0 || typeof size !== 'number') return undefined;
  const step = Math.trunc(size);
  if (step < 1) return undefined;
  return Array.from({ length: Math.ceil(items.length / step) }, (_, index) =>
    items.slice(index * step, (index + 1) * step),
  );
}

function range(first: unknown, last: unknown, delta: unknown): number[] | undefined {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof delta !== 'number') {
    return undefined;
  }
  const [from, to, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(delta)];
  if (step === 0 || (to - from) * step < 0) return undefined;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}
