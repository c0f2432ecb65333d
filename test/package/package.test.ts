import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import { repositoryRoot, sourceFiles } from '../architecture/source-files.ts';
import { type ConsumerProject, olderCdk, packAndInstall } from './consumer-project.ts';
import { openTestListener, withoutController, writtenProject } from './written-project.ts';

/** Packing compiles, npm installs, and each command is a process. */
const limitMs = 300_000;
/** A third above what it was when set: a picture or a suite of tests that slips in is larger. */
const budgetBytes = 1_500_000;

let consumer: ConsumerProject;
beforeAll(async () => {
  consumer = await packAndInstall();
}, limitMs);
afterAll(() => consumer?.remove(), limitMs);

describe('the package', { timeout: limitMs }, () => {
  it('is small', () => {
    const { tarballBytes, files } = consumer;
    console.log(`Tarball: ${tarballBytes} of ${budgetBytes} bytes, ${files.length} files`);
    expect(tarballBytes).toBeLessThan(budgetBytes);
  });

  it('has its licence and what it needs at run time, and nothing of the repository beside', () => {
    const paths = consumer.files.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...['LICENSE', 'NOTICE', 'README.md', 'cdk.json', 'package.json'],
        ...['dist/greengate.js', 'dist/constructs.js', 'statemachine/deploy.asl.json'],
        ...['functions/lifecycle-hook/handler.ts', 'simulator/workloads/shop/Dockerfile'],
      ]),
    );
    const strangers = paths.filter(
      (path) =>
        /^(?:test|benchmarks|events|cli|infra|build|coverage|cdk\.out)\//.test(path) ||
        /\.(?:png|svg|gif|test\.ts)$/.test(path),
    );
    expect(strangers).toEqual([]);
  });

  it('has the pages that its commands and messages name', () => {
    const paths = consumer.files.map(({ path }) => path);
    const named = ['cli', 'functions', 'infra'].flatMap(sourceFiles).flatMap(({ path }) => {
      const text = readFileSync(join(repositoryRoot, path), 'utf8');
      return text.match(/docs\/[\w/.-]+\.(?:md|json)/g) ?? [];
    });
    expect(named).toContain('docs/how-to/release-by-hand.md');
    expect(named.filter((page) => !paths.includes(page))).toEqual([]);
  });

  it('has its dependencies installed by npm, each in its range', async () => {
    const { code, stdout } = await consumer.npm('deployment', 'ls', '--json');
    const { dependencies, problems } = JSON.parse(stdout);
    expect({ code, problems }).toEqual({ code: 0, problems: undefined });
    expect(dependencies.greengate).toMatchObject({ version: '0.1.0', overridden: false });
    expect(dependencies['aws-cdk-lib'].version).toBe(packageJson.devDependencies['aws-cdk-lib']);
    const mine = Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies });
    expect([...consumer.unknownPackages].filter((name) => mine.includes(name))).toEqual([]);
    const installed = await consumer.npm('deployment', 'query', '#greengate > *');
    const names = JSON.parse(installed.stdout).map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)));
  });

  it('is not installed beside a CDK that is older than it works with', async () => {
    const folder = join(consumer.directory, 'older');
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    const older = `${olderCdk.name}@${olderCdk.version}`;
    const { code, stderr } = await consumer.npm('older', 'install', older, consumer.tarball);
    expect(code).toBe(1);
    expect(stderr).toContain('npm error code ERESOLVE');
    const range = packageJson.peerDependencies['aws-cdk-lib'];
    expect(stderr).toContain(`peer aws-cdk-lib@"${range}" from greengate@0.1.0`);
  });

  it('has a command that explains itself', async () => {
    const { code, stdout } = await consumer.greengate('.', '--help');
    expect(code).toBe(0);
    for (const name of ['init', 'wait', 'validate', 'preflight', 'rehearse', 'simulator']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    const simulator = await consumer.greengate('.', 'simulator', '--help');
    expect(simulator.stdout).toMatch(/^Usage: greengate simulator \[options\]\n/);
    expect(simulator.code).toBe(0);
  });

  it('has commands that tell mistakes in one line', async () => {
    const missing = await consumer.greengate('.', 'validate', 'nowhere.yaml');
    expect(missing).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'Cannot read nowhere.yaml: there is no such file; name another one, or run in the folder of greengate.yaml\n',
    });
    const unknown = await consumer.greengate('.', 'validate', '--fast');
    expect(unknown).toMatchObject({ code: 1, stderr: "error: unknown option '--fast'\n" });
  });
});

const adopted = [
  ...['--adopt', '--service', 'shop', '--repository', 'shop', '--cluster', 'shop'],
  ...['--container', 'app', '--application', 'shop', '--deployment-group', 'shop'],
];

const cdkOut = (folder: string) => join(consumer.directory, folder, 'cdk.out');

describe('greengate init', { timeout: limitMs }, () => {
  it.each([
    ['a new environment', 'deployment', ['GreengateController', 'ShopService']],
    ['an adopted service', 'adopted', ['GreengateController']],
  ])('writes an app that synthesizes at once: %s', async (_, folder, stacks) => {
    if (folder === 'adopted') {
      expect(await consumer.greengate('.', 'init', folder, ...adopted)).toMatchObject({ code: 0 });
    }
    const valid = await consumer.npm(folder, 'run', '--silent', 'validate');
    expect(valid).toMatchObject({ code: 0, stdout: 'greengate.yaml is valid: shop\n' });
    const types = await consumer.npm(folder, 'run', '--silent', 'types');
    expect(types).toEqual({ code: 0, stdout: '', stderr: '' });
    const synth = await consumer.npm(folder, 'run', '--silent', 'synth', '--', '--no-notices');
    expect(synth, synth.stderr).toMatchObject({ code: 0 });
    const assembly = cdkOut(folder);
    const templates = readdirSync(assembly).filter((name) => name.endsWith('.template.json'));
    expect(templates.toSorted()).toEqual(stacks.map((stack) => `${stack}.template.json`));
    const hooks = readFileSync(join(assembly, 'GreengateController.template.json'), 'utf8');
    expect(hooks).toContain('CodeDeployHook_Greengate_AfterAllowTestTraffic');
    // In an environment of its own, hooks run where the test listener can be reached.
    expect(hooks.includes('"VpcConfig"')).toBe(folder === 'deployment');
  });

  it.each([
    ['makes everything', (simulator: Simulator) => simulator.deployAssembly(cdkOut('deployment'))],
    [
      'adopts what exists',
      async (simulator: Simulator, scratch: string) => {
        await simulator.deployAssembly(withoutController(cdkOut('deployment'), scratch));
        await openTestListener(simulator);
        await simulator.deployAssembly(cdkOut('adopted'));
      },
    ],
  ])('writes an app that %s, releases a good image and puts a bad one back', async (_, deploy) => {
    const simulator = await createSimulator();
    const scratch = mkdtempSync(join(consumer.directory, 'pushed-'));
    try {
      await deploy(simulator, scratch);
      const firstImage = join(consumer.directory, 'deployment/first-image');
      const project = writtenProject(simulator, firstImage, scratch);
      const good = await project.release('v1', ['waiting for the first release', 'released']);
      expect(good).toEqual({ outcome: 'deployed', reason: expect.stringContaining('runs v1') });
      const bad = await project.release('v2', ['writeHead(200', 'writeHead(500']);
      expect(bad).toEqual({
        outcome: 'rolled-back',
        reason: expect.stringContaining('Task failed ELB health checks'),
      });
    } finally {
      await simulator.stop();
    }
  });

  it('tells what is wrong with the configuration when the app is synthesized, without a stack', async () => {
    await consumer.greengate('.', 'init', 'broken', ...adopted);
    const file = join(consumer.directory, 'broken/greengate.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('cluster:', 'cluter:'));
    const { code, stderr } = await consumer.run('broken', 'cdk', 'synth', '-q', '--no-notices');
    expect(code).toBe(1);
    expect(stderr).toContain('services[0].target.cluter');
    expect(stderr).not.toMatch(/^\s+at .*greengate/m);
  });

  it('bundles a check of the team, and says what is wrong with its types', async () => {
    await consumer.greengate('.', 'init', 'checked', ...adopted);
    const folder = join(consumer.directory, 'checked');
    const configuration = join(folder, 'greengate.yaml');
    const check = '        - { type: custom, name: basket, file: basket.ts }\n';
    writeFileSync(configuration, `${readFileSync(configuration, 'utf8')}${check}`);
    const basket = (verdict: string) => `import { defineCheck } from 'greengate/check';
export default defineCheck(() => ({ ${verdict}: 'pass', expected: 'a', observed: 'a' }));
`;
    writeFileSync(join(folder, 'basket.ts'), basket('verdict'));
    expect(await consumer.run('checked', 'tsc')).toMatchObject({ code: 0, stdout: '' });
    const synth = () => consumer.run('checked', 'cdk', 'synth', '--quiet', '--no-notices');
    expect(await synth()).toMatchObject({ code: 0 });
    const bundled = readdirSync(join(folder, 'cdk.out'), { recursive: true, encoding: 'utf8' });
    expect(bundled.filter((name) => name.endsWith('custom-checks.mjs'))).not.toEqual([]);
    writeFileSync(join(folder, 'basket.ts'), basket('verdit'));
    const { code, stderr } = await synth();
    expect(code).toBe(1);
    expect(stderr).toMatch(/afterAllowTestTraffic\[1\]\.file: basket\.ts:2:\d+ .*verdit/);
  });

  it('writes nothing where something is in the way, and says so', async () => {
    await consumer.greengate('.', 'init', 'twice', ...adopted);
    const { code, stderr } = await consumer.greengate(
      '.',
      'init',
      'twice',
      '--new',
      '--service',
      'b',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^twice already has greengate.yaml, app.mts, .*nothing was written/);
    const folder = join(consumer.directory, 'twice');
    expect(readdirSync(folder)).not.toContain('first-image');
  });

  it('prints JSON for machines', async () => {
    const { stdout } = await consumer.greengate(
      '.',
      'init',
      'dry',
      ...adopted,
      '--dry-run',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      folder: 'dry',
      mode: 'adopt',
      dryRun: true,
      toAdd: {},
    });
    expect(readdirSync(consumer.directory)).not.toContain('dry');
  });

  it('asks nobody who is not there', async () => {
    expect(await consumer.greengate('.', 'init')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'greengate init needs --new, for a new environment, or --adopt, for a service that exists\n',
    });
  });
});
