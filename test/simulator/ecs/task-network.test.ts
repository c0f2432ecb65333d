import { describe, expect, it } from 'vitest';
import { TaskNetworks } from '../../../simulator/ecs/task-network.ts';
import { createTestWorld } from '../../support/simulator/fake-world.ts';

const blocks: Readonly<Record<string, { cidrBlock: string; availabilityZone: string }>> = {
  'subnet-a': { cidrBlock: '10.20.4.0/22', availabilityZone: 'eu-west-1a' },
  'subnet-b': { cidrBlock: '10.20.8.0/28', availabilityZone: 'eu-west-1c' },
};
const networks = () =>
  new TaskNetworks(createTestWorld({ services: { ec2: { subnet: (id) => blocks[id] } } }));
const configuration = (...subnets: string[]) => ({ awsvpcConfiguration: { subnets } });

describe('addresses of tasks', () => {
  it('lie in the blocks of their subnets, which take turns', () => {
    const given = networks();
    const both = configuration('subnet-a', 'subnet-b');
    const seen = [1, 2, 3].map(() => given.next(both));
    expect(seen.map(({ privateIp }) => privateIp)).toEqual([
      '10.20.4.16',
      '10.20.8.4',
      '10.20.4.17',
    ]);
    expect(seen.map(({ availabilityZone }) => availabilityZone)).toEqual([
      'eu-west-1a',
      'eu-west-1c',
      'eu-west-1a',
    ]);
    expect(seen[1]?.hostName).toBe('ip-10-20-8-4.eu-west-1.compute.internal');
  });

  it('are unique while a small subnet has free ones, and come back when a task is gone', () => {
    const given = networks();
    const small = configuration('subnet-b');
    const seen = Array.from({ length: 11 }, () => given.next(small));
    expect(new Set(seen.map(({ privateIp }) => privateIp)).size).toBe(11);
    const [, , third] = seen;
    if (third) given.release(third);
    expect(given.next(small).privateIp).toBe(third?.privateIp);
  });

  it('of subnets that EC2 does not know are made up', () => {
    const given = networks();
    const unknown = configuration('subnet-x', 'subnet-y');
    expect([given.next(unknown), given.next(unknown)].map(({ privateIp }) => privateIp)).toEqual([
      '10.0.0.16',
      '10.0.1.16',
    ]);
  });
});
