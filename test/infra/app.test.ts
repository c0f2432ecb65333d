import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../infra/paths.ts';
import { ConfigRefusedError, readConfig } from '../../infra/read-config.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'app-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const threeMistakes = `
services:
  - name: shop
    image: { repository: Team/Shop, tags: [] }
    target: { cluster: c, service: s, container: app, application: a, deploymentGroup: g }
    chekcs: {}
`;

describe('readConfig', () => {
  it('says which file it could not read', () => {
    const path = join(directory, 'nowhere.yaml');
    expect(() => readConfig(path)).toThrow(ConfigRefusedError);
    expect(() => readConfig(path)).toThrow(`Cannot read ${path}`);
    expect(() => readConfig(tmpdir())).toThrow(
      `Cannot read ${tmpdir()}: it is a folder; name the file in it`,
    );
  });
});

describe('infra/app.ts', () => {
  it('prints all mistakes of a configuration with their places, and exits 1 without a stack trace', async () => {
    const path = join(directory, 'bad.yaml');
    writeFileSync(path, threeMistakes);
    const run = promisify(execFile)(process.execPath, ['--import', 'tsx', 'infra/app.ts'], {
      cwd: repositoryRoot,
      env: { ...process.env, GREENGATE_CONFIG: path, CDK_OUTDIR: join(directory, 'out') },
    });
    const failure = await run.catch((error: { code: number; stderr: string }) => error);
    expect(failure).toMatchObject({ code: 1 });
    const lines = failure.stderr.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => line.startsWith(`${path}:`))).toBe(true);
    expect(failure.stderr).toMatch(/services\[0\]\.image\.repository/);
    expect(failure.stderr).toMatch(/services\[0\]\.image\.tags/);
    expect(failure.stderr).toMatch(/chekcs/);
    expect(failure.stderr).not.toMatch(/^\s+at /m);
  }, 30_000);
});
