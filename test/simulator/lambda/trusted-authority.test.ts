import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { issueAuthority } from '../../../simulator/core/certificates.ts';
import { trustFile } from '../../../simulator/core/trust-file.ts';
import { createLambdaFixture, type LambdaFixture } from './lambda-fixture.ts';

let fixture: LambdaFixture;
beforeEach(async () => {
  fixture = await createLambdaFixture();
});
afterEach(() => fixture.stop());

const source = 'export const handler = async () => process.env.NODE_EXTRA_CA_CERTS ?? null;';

async function trusted(properties: Record<string, unknown> = {}): Promise<unknown> {
  await fixture.define('reader', source, properties);
  const { payload } = await fixture.model.invoke({
    functionName: 'reader',
    payload: {},
    type: 'RequestResponse',
  });
  return payload;
}

it('a function trusts the authority of what ACM issues, in a world that has one', async () => {
  writeFileSync(trustFile(fixture.world), issueAuthority().certificatePem);
  expect(await trusted()).toBe(trustFile(fixture.world));
});

it('a function is not pointed to an authority that is not there', async () => {
  expect(await trusted()).toBeNull();
});

it("a function's own setting wins", async () => {
  writeFileSync(trustFile(fixture.world), issueAuthority().certificatePem);
  const own = trustFile({ directory: fixture.world.directory });
  const Variables = { NODE_EXTRA_CA_CERTS: `${own}.of-mine` };
  expect(await trusted({ Environment: { Variables } })).toBe(`${own}.of-mine`);
});
