import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseMisspelt } from '../../cli/account/configured-service.ts';

const text = `services:
  - name: shop
    image: { repository: team/shop, tags: ['v*'] }
    target: { cluster: main, service: shop, container: app, application: shop, deploymentGroup: shop }
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'greengate-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const given = (content: string) => {
  const file = join(folder, 'greengate.yaml');
  writeFileSync(file, content);
  return file;
};

describe('a misspelt service', () => {
  it('is refused where a configuration lies at hand', () => {
    const file = given(text);
    expect(() => refuseMisspelt('shp', file)).toThrow(
      `There is no service "shp" in ${file}, it has: shop`,
    );
    expect(() => refuseMisspelt('shop', file)).not.toThrow();
  });

  it.each([
    ['no file', () => join(folder, 'none.yaml')],
    ['a file with mistakes', () => given(`${text}oops: 1\n`)],
    ['a file that is no YAML', () => given('services: [')],
  ])('is left to what was deployed where there is %s', (_, file) => {
    expect(() => refuseMisspelt('shp', file())).not.toThrow();
  });
});
