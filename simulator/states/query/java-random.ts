const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;

/** First number of java.util.Random in [0, 1), which `$random(seed)` gives on AWS (floci-io/floci issue 2662: seed 42). */
export function javaRandom(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ multiplier) & mask;
  const next = (bits: bigint) => {
    state = (state * multiplier + 0xbn) & mask;
    return state >> (48n - bits);
  };
  const high = next(26n);
  return Number((high << 27n) + next(27n)) / 2 ** 53;
}
