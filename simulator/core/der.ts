/** Encoders for the part of DER (ITU-T X.690) that X.509 certificates need. */

const universal = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06 };

/** One element: tag, length in its shortest form, content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body), body]);
}

export function sequence(...items: readonly Uint8Array[]): Buffer {
  return element(0x30, ...items);
}

export function setOf(...items: readonly Uint8Array[]): Buffer {
  return element(0x31, ...items);
}

/** Context-specific tag around other elements, as `[number] EXPLICIT`. */
export function explicit(number: number, ...items: readonly Uint8Array[]): Buffer {
  return element(0xa0 + number, ...items);
}

/** Context-specific tag instead of the element's own, as `[number] IMPLICIT` of a primitive type. */
export function implicit(number: number, content: Uint8Array): Buffer {
  return element(0x80 + number, content);
}

/** A number that is not negative, big-endian; a zero byte keeps the sign where the first bit is set. */
export function unsignedInteger(bigEndian: Uint8Array): Buffer {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Buffer.from([0]) : Buffer.from(bigEndian.subarray(first));
  const sign = (digits[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0);
  return element(universal.integer, sign, digits);
}

export function boolean(value: boolean): Buffer {
  return element(universal.boolean, Buffer.from([value ? 0xff : 0]));
}

export function octetString(content: Uint8Array): Buffer {
  return element(universal.octetString, content);
}

/** `unusedBits` are those at the end of the last byte. */
export function bitString(content: Uint8Array, unusedBits = 0): Buffer {
  return element(universal.bitString, Buffer.from([unusedBits]), content);
}

/** Dotted object identifier, such as `2.5.4.3`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap(base128);
  return element(universal.oid, Buffer.from(bytes));
}

export function utf8String(text: string): Buffer {
  return element(0x0c, Buffer.from(text, 'utf8'));
}

/** UTCTime until the end of 2049, GeneralizedTime outside its century (RFC 5280, 4.1.2.5). */
export function time(epochMs: number): Buffer {
  const instant = new Date(epochMs);
  const digits = instant.toISOString().replace(/\.\d+Z$/, 'Z');
  const compact = digits.replace(/[-:T]/g, '');
  const year = instant.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? element(0x17, Buffer.from(compact.slice(2), 'latin1'))
    : element(0x18, Buffer.from(compact, 'latin1'));
}

function lengthOf(body: Uint8Array): Buffer {
  if (body.length < 0x80) return Buffer.from([body.length]);
  const bytes: number[] = [];
  for (let rest = body.length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

function base128(value: number): number[] {
  const groups = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift((rest % 128) + 0x80);
  }
  return groups;
}
