import { expect, it } from 'vitest';
import { distributed } from './map-world.ts';
import { workflowWorld } from './workflow-world.ts';

const echo = { Echo: { Type: 'Pass', End: true } };

it.each([
  // Running and succeeded: of the parent, and of each of two children.
  [true, 6],
  [false, 2],
])('with mapRunChildEvents %s sends %i events', async (mapRunChildEvents, count) => {
  const { run, events } = workflowWorld({}, undefined, { mapRunChildEvents });
  await run(distributed(echo), [1, 2]);
  expect(events).toHaveLength(count);
});

it('has a setting for the error of a role that may not start children', async () => {
  const mapRunDeniedError = 'StepFunctions.AccessDeniedException';
  const { run, world } = workflowWorld({}, undefined, { mapRunDeniedError });
  const { iam } = world.services;
  world.provide('iam', {
    ensureServiceLinkedRole: () => {},
    roleMay: () => undefined,
    roleCredentials: (session) => iam.roleCredentials(session),
    canAssume: () => true,
    authorize: () => ({ allowed: false, reason: 'implicit-deny', message: 'no' }),
  });
  expect((await run(distributed(echo), [1])).ending).toMatchObject({
    error: mapRunDeniedError,
    cause: 'no',
  });
});
