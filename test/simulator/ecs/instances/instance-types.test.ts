import { expect, it } from 'vitest';
import { instanceCapacity } from '../../../../simulator/ecs/instances/instance-types.ts';

it.each([
  ['m5.large', 97, { cpu: 2_048, memoryMiB: 7_946, architecture: 'x86_64' }],
  ['m5.large', 90, { cpu: 2_048, memoryMiB: 7_372, architecture: 'x86_64' }],
  ['t4g.medium', 100, { cpu: 2_048, memoryMiB: 4_096, architecture: 'arm64' }],
])('%s registers %i %% of its memory', (type, registeredMemoryPercent, capacity) => {
  expect(instanceCapacity(type, { registeredMemoryPercent })).toMatchObject(capacity);
});

it('refuses what it does not know, by name', () => {
  const attempt = () => instanceCapacity('x1.32xlarge', { registeredMemoryPercent: 97 });
  expect(attempt).toThrow('instance type x1.32xlarge');
});
