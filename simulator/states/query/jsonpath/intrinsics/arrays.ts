import { same } from '../filter.ts';
import { array, type Intrinsic, IntrinsicError, integer } from './arguments.ts';

/** A range may have this many items (intrinsic functions page). */
const longestRange = 1_000;

export const arrayFunctions = {
  Array: (...items) => items,
  ArrayPartition: (items, size) => {
    const list = array(items);
    const step = integer(size);
    if (step < 1) throw new IntrinsicError(`The chunk size must be positive, not ${step}`);
    return Array.from({ length: Math.ceil(list.length / step) }, (_, index) =>
      list.slice(index * step, (index + 1) * step),
    );
  },
  ArrayContains: (items, wanted) => array(items).some((item) => same(item, wanted)),
  ArrayRange: (first, last, step) => range(integer(first), integer(last), integer(step)),
  ArrayGetItem: (items, index) => {
    const list = array(items);
    const at = integer(index);
    if (at >= 0 && at < list.length) return list[at];
    throw new IntrinsicError(`The index ${at} is outside of an array of ${list.length} items`);
  },
  ArrayLength: (items) => array(items).length,
  ArrayUnique: (items) => {
    const list = array(items);
    return list.filter((item, index) => list.findIndex((other) => same(other, item)) === index);
  },
} satisfies Readonly<Record<string, Intrinsic>>;

/** Both ends belong to a range. */
function range(first: number, last: number, step: number): number[] {
  if (step === 0) throw new IntrinsicError('The step of a range must not be 0');
  const length = Math.max(0, Math.floor((last - first) / step) + 1);
  if (length > longestRange) {
    throw new IntrinsicError(`The range has ${length} items; at most ${longestRange} are allowed`);
  }
  return Array.from({ length }, (_, index) => first + index * step);
}
