import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledCustomChecks } from '../../functions/adapters/bundled-custom-checks.ts';
import { parseConfig } from '../../functions/core/config/parse.ts';
import type { Config } from '../../functions/core/config/schema.ts';
import { buildCustomChecks } from '../../infra/custom-checks/build-custom-checks.ts';
import { ConfigRefusedError, readConfig } from '../../infra/read-config.ts';

const head = `services:
  - name: shop
    image: { repository: team/shop, tags: [v1] }
    target: { cluster: prod, service: shop, container: app, application: shop, deploymentGroup: shop }
    checks:
      afterAllowTestTraffic:
`;

let outer: string;
let configFile: string;
beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), 'custom-checks-'));
  mkdirSync(join(outer, 'repository/.git'), { recursive: true });
  configFile = join(outer, 'repository/deploy/greengate.yaml');
});
afterEach(() => rmSync(outer, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(dirname(configFile), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Writes a configuration with these checks, from line 7 on, one line each. */
function configure(...files: string[]): Config {
  const lines = files.map((file) => `        - { type: custom, file: ${file} }\n`);
  const checks = lines.length === 0 ? '        []\n' : lines.join('');
  write('greengate.yaml', head + checks);
  const parsed = parseConfig(head + checks, configFile);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** A check that passes and shows what it was built from. */
const passing = (observed: string) => `import { defineCheck } from 'greengate/check';
export default defineCheck(() => ({ verdict: 'pass', expected: 'a', observed: ${observed} }));
`;

async function problemsOf(...files: string[]): Promise<readonly string[]> {
  const built = await buildCustomChecks(configure(...files), configFile);
  return built.ok ? [] : built.problems.map((line) => line.replaceAll(outer, '…'));
}

const at = (line: number, index: number) =>
  `…/repository/deploy/greengate.yaml:${line}:27 services[0].checks.afterAllowTestTraffic[${index}].file: `;

describe('buildCustomChecks', () => {
  it('makes nothing for a configuration without checks of the user’s own', async () => {
    const config = configure();
    expect(await buildCustomChecks(config, configFile)).toEqual({ ok: true, text: undefined });
  });

  it('bundles each file once, with what it imports, under the name in the configuration', async () => {
    write('checks/a.ts', passing('"first"'));
    write(
      'checks/b.ts',
      `import { sep } from 'node:path';\nimport { word } from '../lib.ts';\n${passing('word + sep')}`,
    );
    write('lib.ts', `export const word: string = 'second';\n`);
    const config = configure('checks/a.ts', './checks/b.ts', './checks/a.ts');
    const built = await buildCustomChecks(config, configFile);
    write('out/custom-checks.mjs', built.ok ? (built.text ?? '') : built.problems.join('\n'));
    const bundle = pathToFileURL(join(dirname(configFile), 'out/custom-checks.mjs'));
    const checks = bundledCustomChecks(bundle);
    for (const [file, observed] of [
      ['./checks/a.ts', 'first'],
      ['checks/b.ts', 'second/'],
    ] as const) {
      const check = await checks.load(file);
      expect(await check(undefined as never)).toMatchObject({ observed });
    }
    await expect(checks.load('checks/c.ts')).rejects.toThrow(
      /^Cannot run check checks\/c\.ts: .* holds checks\/a\.ts, checks\/b\.ts; build and deploy/,
    );
  });

  it('gives the same bytes for the same sources elsewhere and in another order', async () => {
    const build = async (...files: string[]) => {
      write('checks/a.ts', passing('"first"'));
      write('checks/b.ts', passing('"second"'));
      return buildCustomChecks(configure(...files), configFile);
    };
    const first = await build('checks/a.ts', 'checks/b.ts');
    configFile = join(outer, 'another/place/greengate.yaml');
    expect(await build('checks/b.ts', './checks/a.ts')).toEqual(first);
    expect(first.ok && first.text?.includes(outer)).toBe(false);
  });

  it('reports everything that is wrong with any file, with its place in greengate.yaml', async () => {
    write('checks/no-default.ts', 'export const a = 1;\n');
    write('checks/number.ts', 'export default 5;\n');
    write('checks/syntax.ts', 'export default (((;\n');
    write('checks/unresolved.ts', 'import x from "not-there";\nexport default x;\n');
    write('checks/native.ts', 'import x from "./x.node";\nexport default x;\n');
    write('checks/x.node', '');
    write('checks/typo.ts', passing('prob').replace('() =>', '({ prob }) =>'));
    write('lib.ts', 'export const word: number = "x";\n');
    write('checks/library.ts', `import { word } from '../lib.ts';\n${passing('String(word)')}`);
    const files = ['no-default', 'number', 'syntax', 'unresolved', 'native', 'typo', 'library'];
    expect(await problemsOf(...files.map((name) => `checks/${name}.ts`))).toEqual([
      `${at(7, 0)}checks/no-default.ts has no default export: export default defineCheck(…)`,
      `${at(8, 1)}checks/number.ts: its default export is not a check made by defineCheck: Type 'number' does not satisfy the expected type 'CustomCheck<never>' (TS1360)`,
      `${at(9, 2)}cannot be bundled: checks/syntax.ts:1:19 Unexpected ";"`,
      `${at(10, 3)}cannot be bundled: checks/unresolved.ts:1:15 Could not resolve "not-there"`,
      `${at(11, 4)}cannot be bundled: checks/native.ts:1:15 No loader is configured for ".node" files: checks/x.node`,
      `${at(12, 5)}checks/typo.ts:2:31 Property 'prob' does not exist on type 'CustomCheckContext<Readonly<Record<string, unknown>>>' (TS2339)`,
      `${at(13, 6)}lib.ts:1:14 Type 'string' is not assignable to type 'number' (TS2322)`,
    ]);
  });

  it('refuses what lies outside the repository, named, linked to or imported', async () => {
    writeFileSync(join(outer, 'outside.ts'), passing('"x"'));
    writeFileSync(join(outer, 'data.json'), '{"a":"b"}');
    write('../inside.ts', passing('"x"'));
    write('checks/imports.ts', `import data from '../../../data.json';\n${passing('data.a')}`);
    symlinkSync(join(outer, 'outside.ts'), join(dirname(configFile), 'checks/linked.ts'));
    const files = ['../../outside.ts', 'checks/linked.ts', 'checks/imports.ts', '../inside.ts'];
    const refusal = 'which lies outside the repository folder …/repository';
    expect(await problemsOf(...files)).toEqual([
      `${at(7, 0)}is "../../outside.ts", ${refusal}: only its own files are bundled`,
      `${at(8, 1)}is "checks/linked.ts", ${refusal}: only its own files are bundled`,
      `${at(9, 2)}checks/imports.ts imports ../../data.json, ${refusal}`,
    ]);
  });

  it('says which types a check of another shape has', async () => {
    write(
      'checks/a.ts',
      `export default async () => ({ verdict: 'maybe', expected: '', observed: '' });`,
    );
    expect(await problemsOf('checks/a.ts')).toEqual([
      expect.stringMatching(
        /default export is not a check made by defineCheck: Type '\(\) => Promise<\{ verdict: string; /,
      ),
    ]);
  });
});

describe('readConfig', () => {
  it('refuses missing files together with their places, before anything is built', () => {
    write('checks/present.ts', '');
    configure('checks/gone.ts', 'checks/present.ts', 'checks/gone-too.ts');
    const refused = (() => {
      try {
        return readConfig(configFile);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toBeInstanceOf(ConfigRefusedError);
    expect(
      (refused as ConfigRefusedError).problems.map((line) => line.replaceAll(outer, '…')),
    ).toEqual([
      `${at(7, 0)}is "checks/gone.ts", and there is no such file: …/repository/deploy/checks/gone.ts`,
      `${at(9, 2)}is "checks/gone-too.ts", and there is no such file: …/repository/deploy/checks/gone-too.ts`,
    ]);
  });
});

describe('bundledCustomChecks', () => {
  it('says which file it could not load', async () => {
    const file = pathToFileURL(join(outer, 'custom-checks.mjs'));
    await expect(bundledCustomChecks(file).load('a.ts')).rejects.toThrow(
      /^Cannot load the users' checks .*custom-checks\.mjs: /,
    );
  });
});

describe('readConfig', () => {
  it('tells files that are missing together with what else is wrong', () => {
    write(
      'greengate.yaml',
      `${head}        - { type: custom, file: gone.ts }\n        - { type: odd }\n`,
    );
    const problems = () => {
      try {
        readConfig(configFile);
      } catch (error) {
        if (error instanceof ConfigRefusedError) return error.problems;
        throw error;
      }
      return [];
    };
    expect(problems()).toEqual([
      expect.stringContaining('[0].file: is "gone.ts", and there is no such file'),
      expect.stringContaining('[1].type: is "odd", expected http or'),
    ]);
  });

  it('refuses a file that is not UTF-8', () => {
    write('greengate.yaml', '');
    writeFileSync(configFile, Buffer.from([...Buffer.from(head), 0xe9]));
    expect(() => readConfig(configFile)).toThrow(/is not UTF-8 text; save it as UTF-8/);
  });
});
