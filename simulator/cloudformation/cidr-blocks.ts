/** `Fn::Cidr`: the first `count` blocks with `hostBits` host bits each inside an IPv4 block. */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] {
  const [address = '', prefixText = ''] = block.split('/');
  const octets = address.split('.').map(Number);
  const prefix = Number(prefixText);
  if (octets.length !== 4 || octets.some((octet) => !(octet >= 0 && octet <= 255)) || !prefixText) {
    throw new Error(`Fn::Cidr needs an IPv4 block such as 10.0.0.0/16, got "${block}"`);
  }
  const available = 2 ** (32 - prefix - hostBits);
  if (!Number.isInteger(count) || count < 1 || count > 256 || count > available) {
    throw new Error(
      `Fn::Cidr cannot cut ${count} blocks of ${hostBits} host bits out of ${block}, at most ${Math.min(256, Math.floor(available))}`,
    );
  }
  const base = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return Array.from(
    { length: count },
    (_, index) => `${dotted(base + index * 2 ** hostBits)}/${32 - hostBits}`,
  );
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
