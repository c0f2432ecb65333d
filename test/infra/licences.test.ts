import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledFiles } from '../../infra/bundling/build-bundles.ts';
import { isAllowedLicence } from '../../infra/dependencies/allowed-licence.ts';
import { inspectLicences } from '../../infra/dependencies/inspect-licences.ts';
import { inspectLockfile } from '../../infra/dependencies/inspect-lockfile.ts';
import { judgeAudit } from '../../infra/dependencies/judge-audit.ts';
import { repositoryRoot } from '../../infra/paths.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'licences-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function install(path: string, license: unknown): void {
  mkdirSync(join(root, path), { recursive: true });
  writeFileSync(join(root, path, 'package.json'), JSON.stringify({ license }));
}

describe('isAllowedLicence', () => {
  it.each<[unknown, boolean]>([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND Apache-2.0', true],
    ['(MIT OR GPL-3.0-only) AND (ISC OR AGPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only OR (MIT AND LGPL-3.0-only)', false],
    ['GPL-2.0-only WITH Classpath-exception-2.0', false],
    ['SEE LICENSE IN LICENSE.txt', false],
    ['UNLICENSED', false],
    ['(MIT', false],
    [{ type: 'MIT' }, false],
    [undefined, false],
  ])('takes %j: %j', (expression, allowed) => {
    expect(isAllowedLicence(expression)).toBe(allowed);
  });
});

describe('inspectLicences', () => {
  it('names what is installed or bundled under another licence, and nothing that only builds', () => {
    install('node_modules/good', 'MIT');
    install('node_modules/copyleft', 'AGPL-3.0-only');
    install('node_modules/good/node_modules/@scope/inner', 'BUSL-1.1');
    install('node_modules/tool', 'GPL-3.0-only');
    install('node_modules/bundled-tool', 'MPL-2.0');
    const packages = {
      '': {},
      'node_modules/good': {},
      'node_modules/copyleft': {},
      'node_modules/silent': {},
      'node_modules/elsewhere': { optional: true },
      'node_modules/tool': { dev: true },
      'node_modules/bundled-tool': { dev: true },
    };
    const files = [
      'functions/sweep/handler.ts',
      'node_modules/good/node_modules/@scope/inner/index.js',
      'node_modules/bundled-tool/lib/index.js',
    ];

    expect(inspectLicences(root, packages, files).problems).toEqual([
      'node_modules/bundled-tool states "MPL-2.0", expected a permissive one',
      'node_modules/copyleft states "AGPL-3.0-only", expected a permissive one',
      'node_modules/good/node_modules/@scope/inner states "BUSL-1.1", expected a permissive one',
      'node_modules/silent states no licence, expected a permissive one',
    ]);
  });

  it('finds nothing to refuse in this repository', async () => {
    const lockfile = readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lockfile);
    const files = await bundledFiles();
    const { inspected, problems } = inspectLicences(repositoryRoot, packages, files);

    expect([...problems, ...inspectLockfile(packages)]).toEqual([]);
    expect(inspected).toContain('node_modules/@aws-sdk/client-codedeploy');
    expect(inspected.length).toBeGreaterThan(50);
  });
});

describe('inspectLockfile', () => {
  it('names a package whose address is elsewhere or whose hash is missing', () => {
    expect(
      inspectLockfile({
        '': {},
        'node_modules/good': { integrity: 'sha512-abc', resolved: 'good/-/good-1.0.0.tgz' },
        'node_modules/inner': { inBundle: true },
        'node_modules/away': { integrity: 'sha512-abc', resolved: 'https://evil.example/a.tgz' },
        'node_modules/git': { integrity: 'sha512-abc', resolved: 'git+ssh://git@evil.example/a' },
        'node_modules/weak': { integrity: 'sha1-abc' },
        'node_modules/bare': {},
        'node_modules/linked': { link: true, resolved: '../other', integrity: 'sha512-abc' },
      }),
    ).toEqual([
      'node_modules/away comes from https://evil.example/a.tgz, expected no address of its own',
      'node_modules/git comes from git+ssh://git@evil.example/a, expected no address of its own',
      'node_modules/weak has sha1-abc, expected one of sha512',
      'node_modules/bare has no hash, expected one of sha512',
      'node_modules/linked is a link, expected a package of the registry',
    ]);
  });
});

describe('judgeAudit', () => {
  const report = (severity: string) =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: { left: { severity, range: '<1.3.0' } },
      metadata: { vulnerabilities: {} },
    });

  it.each<[string, string, string, string]>([
    ['a critical finding', report('critical'), 'findings', 'audit: critical in left <1.3.0'],
    ['a moderate finding', report('moderate'), 'passed', 'audit: no finding of high or critical'],
    [
      'a registry without advisories',
      JSON.stringify({
        message: '405 Method Not Allowed',
        statusCode: 405,
        error: { summary: '' },
      }),
      'skipped',
      'audit skipped, not passed: 405 Method Not Allowed',
    ],
    ['no network', '', 'skipped', 'audit skipped, not passed: npm gave no report'],
    [
      'a report that lacks its findings',
      '{"metadata":{}}',
      'skipped',
      'audit skipped, not passed: npm gave no report',
    ],
  ])('tells %s', (_, output, kind, line) => {
    expect(judgeAudit(output)).toEqual({ kind, lines: [line] });
  });
});
