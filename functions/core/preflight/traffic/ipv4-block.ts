interface Range {
  readonly first: number;
  readonly last: number;
}

/** True when `inner` lies wholly in `outer`; both IPv4 blocks such as 10.0.0.0/16. Throws RangeError for others. */
export function blockContains(outer: string, inner: string): boolean {
  const [around, within] = [rangeOf(outer), rangeOf(inner)];
  return around.first <= within.first && within.last <= around.last;
}

function rangeOf(block: string): Range {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match ?? []).slice(1).map(Number);
  if (prefix > 32 || [a, b, c, d].some((octet) => octet > 255)) {
    throw new RangeError(`Cannot compare address block "${block}", expected one like 10.0.0.0/16`);
  }
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}
