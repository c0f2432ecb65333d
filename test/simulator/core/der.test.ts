import { describe, expect, it } from 'vitest';
import {
  bitString,
  element,
  objectIdentifier,
  time,
  unsignedInteger,
} from '../../../simulator/core/der.ts';

const hex = (encoded: Buffer) => encoded.toString('hex');

describe('DER', () => {
  it.each([
    [0, '0400'],
    [127, `047f${'00'.repeat(127)}`],
    [128, `048180${'00'.repeat(128)}`],
    [256, `04820100${'00'.repeat(256)}`],
  ])('writes the length of %d bytes in its shortest form', (length, expected) => {
    expect(hex(element(0x04, Buffer.alloc(length)))).toBe(expected);
  });

  it.each([
    ['00', '020100'],
    ['7f', '02017f'],
    ['80', '02020080'],
    ['0001', '020101'],
    ['ff00', '020300ff00'],
  ])('writes the unsigned number %s without losing its sign', (given, expected) => {
    expect(hex(unsignedInteger(Buffer.from(given, 'hex')))).toBe(expected);
  });

  it.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['1.3.6.1.5.5.7.3.1', '06082b06010505070301'],
  ])('writes object identifier %s', (dotted, expected) => {
    expect(hex(objectIdentifier(dotted))).toBe(expected);
  });

  it.each([
    ['1949-12-31T23:59:59Z', 0x18, '19491231235959Z'],
    ['2026-01-02T03:04:05.678Z', 0x17, '260102030405Z'],
    ['2049-12-31T23:59:59Z', 0x17, '491231235959Z'],
    ['2050-01-01T00:00:00Z', 0x18, '20500101000000Z'],
  ])('writes the time %s with the tag its year asks for', (instant, tag, text) => {
    const encoded = time(Date.parse(instant));
    expect([encoded[0], encoded.subarray(2).toString('latin1')]).toEqual([tag, text]);
  });

  it('puts the number of unused bits before a bit string', () => {
    expect(hex(bitString(Buffer.from([0b1000_0000]), 7))).toBe('03020780');
  });
});
