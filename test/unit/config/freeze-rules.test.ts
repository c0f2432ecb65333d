import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../functions/core/config/parse.ts';

const services = `
services:
  - name: shop
    image: { repository: team/shop, tags: ["v*"] }
    target: { cluster: prod, service: shop, container: app, application: shop, deploymentGroup: shop }
`;

function problems(freeze: string): string[] {
  const parsed = parseConfig(`freezes:\n  - ${freeze}\n${services}`, 'greengate.yaml');
  return parsed.ok ? [] : parsed.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('freezes', () => {
  it.each([
    '{ name: a, from: 2026-12-20T18:00:00+01:00, until: 2027-01-02T08:00:00Z }',
    '{ name: a, services: [shop], weekly: { from: fri 16:00, until: mon 08:00, timeZone: Europe/Berlin } }',
  ])('may be %s', (freeze) => {
    expect(problems(freeze)).toEqual([]);
  });

  it.each([
    ['{ name: a }', 'says not when'],
    ['{ name: a, from: 2026-12-20T18:00:00Z }', 'says not when'],
    ['{ name: a, from: 2026-12-20, until: 2027-01-02T00:00:00Z }', 'expected a time such as'],
    ['{ name: a, from: 2026-12-20T18:00:00Z, until: 2026-12-20T19:00:00+01:00 }', 'is not after'],
    ['{ name: a, weekly: { from: friday, until: mon 08:00 } }', 'expected a day and a time'],
    ['{ name: a, weekly: { from: mon 08:00, until: mon 08:00 } }', 'is the same as from'],
    [
      '{ name: a, weekly: { from: fri 16:00, until: mon 08:00, timeZone: Mars/Olympus } }',
      'must be a time zone',
    ],
    [
      '{ name: a, from: 2026-12-20T18:00:00Z, weekly: { from: fri 16:00, until: mon 08:00 } }',
      'has both weekly and from',
    ],
    [
      '{ name: a, services: [shopp], weekly: { from: fri 16:00, until: mon 08:00 } }',
      'is "shopp", expected the name of a service',
    ],
  ])('are refused as %s', (freeze, message) => {
    expect(problems(freeze)).toEqual([expect.stringContaining(message)]);
  });
});
