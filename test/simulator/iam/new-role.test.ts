import { afterEach, beforeEach, expect, it } from 'vitest';
import { IamModel } from '../../../simulator/iam/model.ts';
import { policyDocument } from '../../../simulator/iam/policy-document.ts';
import { createTestWorld, type TestWorld } from '../../support/simulator/fake-world.ts';

const lambda = 'lambda.amazonaws.com';
const trust = policyDocument.parse({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: lambda, AWS: 'arn:aws:iam::111122223333:root' },
      Action: 'sts:AssumeRole',
    },
  ],
});

let world: TestWorld;
let model: IamModel;
beforeEach(() => {
  world = createTestWorld({ settings: { newRoleUnusableMs: 10_000 } });
  model = new IamModel(world);
});
afterEach(() => world.clock.stop());

const create = (spreads: boolean) =>
  model.createRole({ roleName: 'r', path: '/', description: undefined, trust, spreads });

it('a role of CreateRole can be assumed by nobody for as long as the setting says', async () => {
  const role = create(true);
  const assumed = () =>
    model.access.assumptionDenial({
      role,
      roleArn: role.arn,
      action: 'sts:AssumeRole',
      allowedAnyway: true,
      keys: {},
    });
  expect(model.canAssume(role.arn, lambda)).toBe(false);
  expect(assumed()).toBe(
    `User: anonymous is not authorized to perform: sts:AssumeRole on resource: ${role.arn}`,
  );
  await world.clock.sleep(9_000);
  expect(model.canAssume(role.arn, lambda)).toBe(false);
  await world.clock.sleep(1_100);
  expect(model.canAssume(role.arn, lambda)).toBe(true);
});

it('one that a stack makes can be assumed at once, as can every role where the setting is 0', () => {
  expect(model.canAssume(create(false).arn, lambda)).toBe(true);
  Object.assign(world.settings, { newRoleUnusableMs: 0 });
  const spreading = model.createRole({
    roleName: 's',
    path: '/',
    description: undefined,
    trust,
    spreads: true,
  });
  expect(model.canAssume(spreading.arn, lambda)).toBe(true);
});
