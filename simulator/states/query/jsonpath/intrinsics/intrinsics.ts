import { Random } from '../../../../core/random.ts';
import type { World } from '../../../../core/world.ts';
import { type Intrinsic, IntrinsicError, integer } from './arguments.ts';
import { arrayFunctions } from './arrays.ts';
import { textFunctions } from './texts.ts';

/** Arguments that each function takes, from and to (intrinsic functions page). */
const arity: Readonly<Record<string, readonly [number, number]>> = {
  Array: [0, Number.MAX_SAFE_INTEGER],
  ArrayContains: [2, 2],
  ArrayGetItem: [2, 2],
  ArrayLength: [1, 1],
  ArrayPartition: [2, 2],
  ArrayRange: [3, 3],
  ArrayUnique: [1, 1],
  Base64Decode: [1, 1],
  Base64Encode: [1, 1],
  Format: [1, Number.MAX_SAFE_INTEGER],
  Hash: [2, 2],
  JsonMerge: [3, 3],
  JsonToString: [1, 1],
  MathAdd: [2, 2],
  MathRandom: [2, 3],
  StringSplit: [2, 2],
  StringToJson: [1, 1],
  UUID: [0, 0],
};

/** Why a call cannot be right whatever its arguments' values; undefined when it may be. */
export function callProblem(name: string, count: number): string | undefined {
  const range = Object.hasOwn(arity, name) ? arity[name] : undefined;
  if (!range) return `States.${name} is not an intrinsic function`;
  const [least, most] = range;
  if (count >= least && count <= most) return undefined;
  return `States.${name} does not take ${count} arguments`;
}

/** Every function but States.Format; those with chance follow the simulator's seed. */
export function intrinsicFunctions(world: World): ReadonlyMap<string, Intrinsic> {
  return new Map<string, Intrinsic>([
    ...Object.entries(arrayFunctions),
    ...Object.entries(textFunctions),
    ['UUID', () => world.ids.uuid()],
    ['MathAdd', (left, right) => inRange(inRange(integer(left)) + inRange(integer(right)))],
    [
      'MathRandom',
      (first, end, seed) => {
        const [from, to] = [integer(first), integer(end)];
        if (to <= from) throw new IntrinsicError(`The end ${to} must be greater than ${from}`);
        const random = seed === undefined ? world.random : new Random(integer(seed));
        return from + Math.floor(random.next() * (to - from));
      },
    ],
  ]);
}

/** Sums and their terms are 32-bit integers (intrinsic functions page). */
function inRange(value: number): number {
  if (value >= -2_147_483_648 && value <= 2_147_483_647) return value;
  throw new IntrinsicError(`${value} is not from -2147483648 to 2147483647`);
}
