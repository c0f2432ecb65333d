import { expect, it } from 'vitest';
import { z } from 'zod';
import { resource } from '../../../simulator/cloudformation/resource-provider.ts';
import type { WireService } from '../../../simulator/wire/operation.ts';
import { renderCoverage } from '../../../simulator/wire/render-coverage.ts';

const sts = (members: string[], operation = 'AssumeRole'): WireService => ({
  name: 'sts',
  operations: { [operation]: { members, handle: () => ({}) } },
});

it('counts modelled members against all that the SDK knows, and lists properties', () => {
  const providers = {
    'AWS::SQS::Queue': resource(z.strictObject({ QueueName: z.string() }), () => ({
      physicalId: 'x',
    })),
  };
  const text = renderCoverage([sts(['RoleSessionName', 'RoleArn'])], providers);
  expect(text).toContain('1 operations of 1 services and 1 resource types.');
  expect(text).toMatch(/\| AssumeRole \| 2 of \d+ \| `RoleArn`, `RoleSessionName` \|/);
  expect(text).toContain('- **AWS::SQS::Queue**: `QueueName`');
});

it.each([
  [sts(['Nope']), 'sts:AssumeRole has no input member Nope'],
  [sts([], 'Nope'), 'has no operation Nope'],
])('a service that declares what AWS does not have is a mistake in the code', (service, text) => {
  expect(() => renderCoverage([service], {})).toThrow(text);
});
