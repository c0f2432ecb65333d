import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SecurityGroupRule } from '../../../../functions/core/ports/network.ts';
import { blockContains } from '../../../../functions/core/preflight/traffic/ipv4-block.ts';
import { securityGroupAdmits } from '../../../../functions/core/preflight/traffic/security-group-admits.ts';
import { everythingOut, tcpRule } from '../../../support/builders/traffic.ts';

describe('securityGroupAdmits', () => {
  const peer = { securityGroupIds: ['sg-1'], blocks: ['10.0.0.0/24', '10.0.1.0/24'] };
  const admits = (...rules: SecurityGroupRule[]) =>
    securityGroupAdmits([{ id: 'sg', inbound: rules, outbound: [] }], 'inbound', 80, peer);

  it.each<[string, SecurityGroupRule[], string]>([
    ['everything', [everythingOut], 'yes'],
    [
      'every block by a rule of its own',
      peer.blocks.map((block) => tcpRule(80, { blocks: [block] })),
      'yes',
    ],
    ['one block of two', [tcpRule(80, { blocks: ['10.0.0.0/24'] })], 'no'],
    [
      'a range of ports around it',
      [tcpRule(0, { fromPort: 79, toPort: 81, securityGroupIds: ['sg-1'] })],
      'yes',
    ],
    ['UDP', [tcpRule(80, { protocol: 'udp', securityGroupIds: ['sg-1'] })], 'no'],
    ['TCP by its number', [tcpRule(80, { protocol: '6', securityGroupIds: ['sg-1'] })], 'yes'],
    ['another group', [tcpRule(80, { securityGroupIds: ['sg-2'] })], 'no'],
    ['a prefix list', [tcpRule(80, { prefixListIds: ['pl-1'] })], 'unknown'],
    ['a prefix list on another port', [tcpRule(81, { prefixListIds: ['pl-1'] })], 'no'],
  ])('by %s', (_, rules, admission) => {
    expect(admits(...rules)).toBe(admission);
  });
});

describe('blockContains', () => {
  const block = fc
    .tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
    .map(
      ([address, prefix]) =>
        `${[24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.')}/${prefix}`,
    );

  it.each([
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.1.0.0/24', false],
    ['10.0.0.0/24', '10.0.0.0/16', false],
    ['203.0.113.7/32', '203.0.113.7/32', true],
    ['10.0.3.9/22', '10.0.0.0/24', true],
  ])('%s around %s: %s', (outer, inner, contained) => {
    expect(blockContains(outer, inner)).toBe(contained);
  });

  it('holds for every block in itself and in everything', () => {
    fc.assert(
      fc.property(block, (one) => blockContains(one, one) && blockContains('0.0.0.0/0', one)),
    );
  });

  it('holds both ways only for blocks of one length', () => {
    fc.assert(
      fc.property(block, block, (one, other) => {
        const both = blockContains(one, other) && blockContains(other, one);
        return !both || one.split('/')[1] === other.split('/')[1];
      }),
    );
  });

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.256/8', '2001:db8::/32', ''])('refuses %j', (one) => {
    expect(() => blockContains('10.0.0.0/8', one)).toThrow(`Cannot compare address block "${one}"`);
  });
});
