/** First and last address of an IPv4 block, as numbers. Throws RangeError when it is not one. */
function range(block: string): { readonly first: number; readonly last: number } {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  const [octet1, octet2, octet3, octet4, prefix] = match?.slice(1).map(Number) ?? [];
  const octets = [octet1, octet2, octet3, octet4];
  if (prefix === undefined || prefix > 32 || octets.some((octet) => (octet ?? 256) > 255)) {
    throw new RangeError(`"${block}" is not an IPv4 block such as 10.0.0.0/16`);
  }
  const address = octets.reduce<number>((sum, octet) => sum * 256 + (octet ?? 0), 0);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1 };
}

/** True when `inner` lies wholly in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [range(outer), range(inner)];
  return a.first <= b.first && b.last <= a.last;
}

export function overlaps(left: string, right: string): boolean {
  const [a, b] = [range(left), range(right)];
  return a.first <= b.last && b.first <= a.last;
}

/** How many addresses a block has. */
export function blockSize(block: string): number {
  const { first, last } = range(block);
  return last - first + 1;
}

/** The address at an offset from the block's first one. */
export function addressAt(block: string, offset: number): string {
  const address = range(block).first + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
