import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeHealthCheckResponse,
  encodeHealthCheckRequest,
} from '../../../functions/adapters/grpc-health-messages.ts';

const frame = (...message: number[]) => Buffer.from([0, 0, 0, 0, message.length, ...message]);

describe('encodeHealthCheckRequest', () => {
  it.each([
    ['', '0000000000'],
    // As protoc --encode=grpc.health.v1.HealthCheckRequest writes it, behind gRPC's five bytes.
    ['shop.Cart', `000000000b0a09${Buffer.from('shop.Cart').toString('hex')}`],
    ['größe', `00000000090a07${Buffer.from('größe').toString('hex')}`],
    ['x'.repeat(200), `00000000cb0ac801${'78'.repeat(200)}`],
  ])('writes the service "%s"', (service, hex) => {
    expect(encodeHealthCheckRequest(service).toString('hex')).toBe(hex);
  });
});

describe('decodeHealthCheckResponse', () => {
  it.each([
    ['nothing, the default', frame(), 0],
    ['SERVING', frame(0x08, 1), 1],
    ['NOT_SERVING', frame(0x08, 2), 2],
    ['a number nobody knows yet', frame(0x08, 0x96, 0x01), 150],
    ['the last of two', frame(0x08, 1, 0x08, 2), 2],
    ['one among unknown fields', frame(0x12, 2, 65, 66, 0x08, 1, 0x18, 0x80, 0x01), 1],
    ['one after fixed widths', frame(0x15, 1, 2, 3, 4, 0x19, 1, 2, 3, 4, 5, 6, 7, 8, 0x08, 3), 3],
  ])('reads %s', (_, body, status) => {
    expect(decodeHealthCheckResponse(body)).toBe(status);
  });

  it.each([
    ['three bytes', Buffer.from([0, 0, 0]), '3 bytes are no gRPC message'],
    ['a compressed message', Buffer.from([1, 0, 0, 0, 0]), 'the message is compressed, unasked'],
    [
      'less than announced',
      Buffer.from([0, 0, 0, 0, 2, 8]),
      'the message has 1 bytes where 2 are announced',
    ],
    ['half a number', frame(0x08, 0x80), 'the message ends within a number'],
    ['half a field', frame(0x12, 9, 65), 'the message ends within a field'],
    ['a group', frame(0x0b), 'the message holds a field of wire type 3'],
    [
      'an endless number',
      frame(0x08, ...Array.from({ length: 11 }, () => 0xff)),
      'the message holds a number of more than ten bytes',
    ],
  ])('refuses %s', (_, body, message) => {
    expect(() => decodeHealthCheckResponse(body)).toThrow(new RangeError(message));
  });

  it('never does anything but read or refuse', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          return Number.isInteger(decodeHealthCheckResponse(frame(...bytes)));
        } catch (error) {
          return error instanceof RangeError;
        }
      }),
    );
  });
});
