import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configSchema } from '../../functions/core/config/schema.ts';
import {
  type BuildBundlesOptions,
  BundleRefusedError,
  buildBundles,
} from '../../infra/bundling/build-bundles.ts';
import { bundleTable } from '../../infra/bundling/bundle-table.ts';
import { canonicalJson } from '../../infra/bundling/canonical-json.ts';
import { type FunctionBundle, functionBundles } from '../../infra/bundling/function-bundles.ts';
import { repositoryRoot } from '../../infra/paths.ts';
import { repositoryConfig } from './synthesized.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bundles-'));
  for (const name of functionBundles) writeHandler(name, `export const handler = () => '${name}';`);
  writeSource(
    'functions/adapters/environment-credentials.ts',
    'export const defaultProvider = () => 1;',
  );
});
afterEach(() => rmSync(root, { recursive: true }));

function writeSource(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writeHandler(name: FunctionBundle, text: string): void {
  writeSource(`functions/${name}/handler.ts`, text);
}

function build(options: Partial<BuildBundlesOptions> = {}) {
  return buildBundles({
    config: repositoryConfig(),
    rootDirectory: root,
    outDirectory: join(root, 'out'),
    ...options,
  });
}

const bundle = (name: FunctionBundle, directory = 'out') =>
  readFileSync(join(root, directory, name, 'index.mjs'), 'utf8');

/** What the bundle's handler returns in a Node.js of its own, as Lambda would load it. */
function call(name: FunctionBundle): unknown {
  const url = pathToFileURL(join(root, 'out', name, 'index.mjs'));
  const script = `console.log(JSON.stringify(await (await import('${url}')).handler()))`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script]);
  return JSON.parse(output.toString());
}

describe('buildBundles', () => {
  it('lets ws do without its native packages', async () => {
    writeHandler(
      'lifecycle-hook',
      `const load = (off, name) => (off ? 'none' : require(name));
       export const handler = () => [
         load(process.env.WS_NO_BUFFER_UTIL, 'bufferutil'),
         load(process.env.WS_NO_UTF_8_VALIDATE, 'utf-8-validate'),
       ];`,
    );
    await build();
    expect(call('lifecycle-hook')).toEqual(['none', 'none']);
  });

  it('writes one ES module with its source map and the compiled configuration for each function', async () => {
    await build();
    expect(readdirSync(join(root, 'out')).toSorted()).toEqual([...functionBundles].toSorted());
    expect(readdirSync(join(root, 'out', 'run-deployment')).toSorted()).toEqual([
      'config.json',
      'index.mjs',
      'index.mjs.map',
    ]);
    expect(bundle('run-deployment')).toMatch(/\/\/# sourceMappingURL=index\.mjs\.map\s*$/);
    expect(call('run-deployment')).toBe('run-deployment');
    const config: unknown = JSON.parse(
      readFileSync(join(root, 'out', 'run-deployment', 'config.json'), 'utf8'),
    );
    expect(config).toEqual(repositoryConfig());
  });

  it('writes the same bytes wherever and whenever it writes them', async () => {
    await build();
    await build({ outDirectory: join(root, 'elsewhere', 'deep') });
    for (const file of ['index.mjs', 'index.mjs.map', 'config.json']) {
      expect(readFileSync(join(root, 'elsewhere', 'deep', 'lifecycle-hook', file), 'utf8')).toBe(
        readFileSync(join(root, 'out', 'lifecycle-hook', file), 'utf8'),
      );
    }
  });

  it('puts users’ own checks beside the lifecycle hook and nowhere else', async () => {
    const adapter = join(repositoryRoot, 'functions/adapters/bundled-custom-checks.ts');
    writeHandler(
      'lifecycle-hook',
      `import { bundledCustomChecks } from '${adapter}';
       export const handler = async () => (await bundledCustomChecks().load('checks/own.ts'))({});`,
    );
    writeSource(
      'checks/own.ts',
      `import { defineCheck } from 'greengate/check';
       export default defineCheck(() => ({ verdict: 'pass', expected: 'a', observed: 'b' }));`,
    );
    const [service] = repositoryConfig().services;
    const checks = { type: 'custom', file: 'checks/own.ts' };
    const config = configSchema.parse({
      services: [{ ...service, checks: { afterAllowTestTraffic: [checks] } }],
    });
    await build({ config, configFile: join(root, 'greengate.yaml') });
    expect(readdirSync(join(root, 'out/lifecycle-hook')).toSorted()).toEqual([
      'config.json',
      'custom-checks.mjs',
      'index.mjs',
      'index.mjs.map',
    ]);
    expect(readdirSync(join(root, 'out/run-deployment'))).not.toContain('custom-checks.mjs');
    expect(call('lifecycle-hook')).toMatchObject({ verdict: 'pass', observed: 'b' });
    await build();
    expect(readdirSync(join(root, 'out/lifecycle-hook'))).not.toContain('custom-checks.mjs');
  });

  it('refuses users’ checks with mistakes and keeps the earlier files', async () => {
    await build();
    writeSource('checks/own.ts', 'export default 5;');
    const [service] = repositoryConfig().services;
    const checks = { type: 'custom', file: 'checks/own.ts' };
    const config = configSchema.parse({
      services: [{ ...service, checks: { afterAllowTestTraffic: [checks] } }],
    });
    const refused = build({ config, configFile: join(root, 'greengate.yaml') });
    await expect(refused).rejects.toThrow(
      /services\[0\]\.checks\.afterAllowTestTraffic\[0\]\.file: checks\/own\.ts: its default export/,
    );
    expect(readdirSync(join(root, 'out'))).toHaveLength(functionBundles.length);
  });

  it('removes what an earlier build left', async () => {
    writeSource('out/run-deployment/stale.mjs', 'old');
    writeSource('out/forgotten-function/index.mjs', 'old');
    await build();
    expect(readdirSync(join(root, 'out'))).not.toContain('forgotten-function');
    expect(readdirSync(join(root, 'out', 'run-deployment'))).not.toContain('stale.mjs');
  });

  it('replaces the credential chain of the SDK by the environment', async () => {
    writeHandler(
      'verify-release',
      `import { defaultProvider } from '@aws-sdk/credential-provider-node';\nexport const handler = () => defaultProvider();`,
    );
    await build();
    expect(call('verify-release')).toBe(1);
  });

  it('gives CommonJS dependencies a require', async () => {
    writeSource('node_modules/old/index.js', `module.exports = require('node:path').sep;`);
    writeSource('node_modules/old/package.json', '{"name":"old","main":"index.js"}');
    writeHandler('verify-release', `import sep from 'old';\nexport const handler = () => sep;`);
    await build();
    expect(call('verify-release')).toBe('/');
  });

  it('names every bundle over its budget with size and budget, and keeps the earlier files', async () => {
    await build();
    const before = bundle('run-deployment');
    writeHandler('run-deployment', `export const handler = () => 'changed';`);
    const budgetBytes = Object.fromEntries(
      functionBundles.map((name) => [name, name.startsWith('re') ? 100 : 10_000]),
    ) as Record<FunctionBundle, number>;
    const refused = await build({ budgetBytes }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BundleRefusedError);
    const { problems } = refused as BundleRefusedError;
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatch(/^Bundle "receive-image-push" has \d+ bytes, its budget is 100: /);
    expect(bundle('run-deployment')).toBe(before);
  });

  it.each([
    ['zod', 'package "zod" through node_modules/zod/index.js'],
    ['yaml', 'package "yaml" through node_modules/yaml/index.js'],
  ])('refuses %s inside a function', async (name, problem) => {
    writeSource(`node_modules/${name}/index.js`, 'export const used = Math.random();');
    writeSource(`node_modules/${name}/package.json`, `{"name":"${name}","module":"index.js"}`);
    writeHandler(
      'resolve-release',
      `import { used } from '${name}';\nexport const handler = () => used;`,
    );
    await expect(build()).rejects.toThrow(`Bundle "resolve-release" contains ${problem}`);
  });

  it('refuses the simulator inside a function', async () => {
    writeSource('simulator/core/clock.ts', 'export const used = Math.random();');
    writeHandler(
      'resolve-release',
      `import { used } from '../../simulator/core/clock.ts';\nexport const handler = () => used;`,
    );
    await expect(build()).rejects.toThrow(
      'Bundle "resolve-release" contains simulator/core/clock.ts, which is not a function',
    );
  });
});

describe('the bundles of this repository', () => {
  it('stay within their budgets and hold nothing that belongs elsewhere', async () => {
    const bundles = await buildBundles({
      config: repositoryConfig(),
      outDirectory: join(root, 'real'),
    });
    expect(bundles.map(({ name }) => name)).toEqual([...functionBundles]);
    expect(bundles.every(({ bytes, budgetBytes }) => bytes > 0 && bytes <= budgetBytes)).toBe(true);
  });
});

describe('bundleTable', () => {
  it('aligns names to the left and numbers to the right', () => {
    const row = (name: FunctionBundle, bytes: number) => ({
      name,
      bytes,
      budgetBytes: 200_000,
      directory: '',
    });
    expect(bundleTable([row('run-deployment', 100_000), row('verify-release', 9_940)])).toEqual([
      'function            size    budget  used',
      'run-deployment  100.0 kB  200.0 kB  50 %',
      'verify-release    9.9 kB  200.0 kB   5 %',
    ]);
  });
});

describe('canonicalJson', () => {
  it('writes equal documents equally, whatever the order of their members', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(
      canonicalJson({ a: null, b: [{ c: 2, d: 1 }] }),
    );
  });
});
