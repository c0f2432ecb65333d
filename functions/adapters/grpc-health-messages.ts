/**
 * The two messages of grpc.health.v1 (https://github.com/grpc/grpc-proto/blob/master/grpc/health/v1/health.proto),
 * one field each, and gRPC's frame around them. Written by hand: a gRPC library is some 500 kB of bundle, thus of
 * cold start, with pooling, retries and name resolution that a probe must not have.
 */

/** By number of HealthCheckResponse.ServingStatus. */
export const servingStatuses = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;

const serviceField = 0x0a;
const statusField = 0x08;
const frameHeaderBytes = 5;

/** A framed HealthCheckRequest; proto3 leaves an empty text out. */
export function encodeHealthCheckRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const message =
    name.length === 0
      ? name
      : Buffer.concat([Buffer.from([serviceField, ...varint(name.length)]), name]);
  const header = Buffer.alloc(frameHeaderBytes);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}

/** The status number in a framed HealthCheckResponse. Throws RangeError with what is wrong with the bytes. */
export function decodeHealthCheckResponse(body: Buffer): number {
  if (body.length < frameHeaderBytes) {
    throw new RangeError(`${body.length} bytes are no gRPC message`);
  }
  if (body.readUInt8(0) !== 0) throw new RangeError('the message is compressed, unasked');
  const length = body.readUInt32BE(1);
  const message = body.subarray(frameHeaderBytes);
  if (message.length !== length) {
    throw new RangeError(`the message has ${message.length} bytes where ${length} are announced`);
  }
  return statusOf(message);
}

/** The last `status` counts, other fields are passed over, and none at all means 0 (proto3). */
function statusOf(message: Buffer): number {
  const reader = new Reader(message);
  let status = 0;
  while (!reader.atEnd) {
    const tag = reader.varint();
    if (tag === statusField) status = reader.varint();
    else reader.skip(tag & 7);
  }
  return status;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new RangeError('the message ends within a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('the message holds a number of more than ten bytes');
  }

  /** Wire types of https://protobuf.dev/programming-guides/encoding/#structure */
  skip(wireType: number): void {
    // Addends from left to right: a length is behind the number that tells it.
    if (wireType === 0) this.varint();
    else if (wireType === 1) this.#at += 8;
    else if (wireType === 2) this.#at = this.varint() + this.#at;
    else if (wireType === 5) this.#at += 4;
    else throw new RangeError(`the message holds a field of wire type ${wireType}`);
    if (this.#at > this.#bytes.length) throw new RangeError('the message ends within a field');
  }
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  return [...bytes, rest];
}
