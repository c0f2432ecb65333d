import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, answersOf } from '../../../cli/init/answers.ts';
import { projectFiles } from '../../../cli/init/project-files.ts';
import { newApp, stackName } from '../../../cli/init/templates/app.ts';
import { configuration } from '../../../cli/init/templates/configuration.ts';
import { writeProject } from '../../../cli/init/write-project.ts';
import { parseConfig } from '../../../functions/core/config/parse.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'greengate-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = projectFiles(answersOf('adopt', { service: 'shop' }));
const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
const ifWritten = { dryRun: false };
const listed = () => readdirSync(folder).toSorted();

describe('configuration', () => {
  /** Names that YAML would read as something else unless they are quoted. */
  const name = fc.oneof(
    fc.constantFrom('true', 'null', '007', '1e3', 'no', '0x1f', '12_000'),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/),
  );
  const answers: fc.Arbitrary<Answers> = fc.record({
    mode: fc.constantFrom('new', 'adopt'),
    strategy: fc.constantFrom('codedeploy', 'ecs-rolling'),
    ...{ name, service: name, cluster: name, container: name },
    ...{ application: name, deploymentGroup: name },
    repository: fc.constantFrom('team/shop', '1e3', 'true'),
    tags: fc.constantFrom(['v*'], ['*'], ['1.0', 'true']),
    containerPort: fc.constant(8080),
    healthPath: fc.constantFrom('/health', '/a?b=c&d=*', '/:-', '/%7e'),
  });

  it('is valid and says the names that were given, whatever they are', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const parsed = parseConfig(configuration(given), 'greengate.yaml');
        expect(parsed).toMatchObject({ ok: true });
        const service = parsed.ok ? parsed.config.services[0] : undefined;
        expect(service).toMatchObject({
          name: given.name,
          image: { repository: given.repository, tags: given.tags },
          target: { strategy: given.strategy, cluster: given.cluster, service: given.service },
        });
      }),
    );
  });
});

describe('projectFiles', () => {
  it('lets npm fetch nothing by a name that is on no registry, and says how the package is installed', () => {
    expect(Object.keys(JSON.parse(textOf('package.json')).devDependencies)).toEqual([
      ...['@types/node', 'aws-cdk', 'aws-cdk-lib', 'constructs', 'tsx', 'typescript'],
    ]);
    expect(textOf('README.md')).toContain(
      '\n1. `npm install --save-dev PATH/greengate-0.1.0.tgz`, the tarball that `npm pack` makes',
    );
  });
});

describe('newApp', () => {
  it.each([
    ['v*', false],
    ['v*,main-?', false],
    ['latest', true],
    ['v*,latest', true],
  ])('with tags %s lets tags be moved: %s', (tags, movable) => {
    const app = newApp(answersOf('new', { service: 'shop', tags }));
    expect(app.includes('mutableTags: true')).toBe(movable);
  });
});

describe('stackName', () => {
  it.each([
    ['shop', 'ShopService'],
    ['my_web-shop', 'MyWebShopService'],
    ['7up', 'Service7upService'],
  ])('makes of %s a name that CloudFormation takes: %s', (service, expected) => {
    expect(stackName(service)).toBe(expected);
  });
});

describe('writeProject', () => {
  it('writes everything into a folder that is made for it', () => {
    const inside = join(folder, 'deploy');
    const { written, toAdd } = writeProject(inside, files, ifWritten);
    expect(readdirSync(inside).toSorted()).toEqual([...written].toSorted());
    expect(written).toContain('greengate.yaml');
    expect(toAdd).toEqual([]);
  });

  it('writes nothing at all when a file is in the way, and names each', () => {
    writeFileSync(join(folder, 'cdk.json'), '{}');
    writeFileSync(join(folder, 'README.md'), 'mine');
    expect(() => writeProject(folder, files, ifWritten)).toThrow(
      `${folder} already has cdk.json, README.md: nothing was written; name another folder, or move them away`,
    );
    expect(listed()).toEqual(['README.md', 'cdk.json']);
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toBe('mine');
  });

  it('leaves package.json and .gitignore as they are and says what belongs into them', () => {
    writeFileSync(join(folder, 'package.json'), '{ "name": "mine" }');
    writeFileSync(join(folder, '.gitignore'), 'cdk.out/\r\nnode_modules/\r\n');
    const { written, toAdd } = writeProject(folder, files, ifWritten);
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{ "name": "mine" }');
    expect(written).not.toContain('package.json');
    // What .gitignore needs is there already.
    expect(toAdd.map(({ path }) => path)).toEqual(['package.json']);
    expect(Object.keys(JSON.parse(toAdd[0]?.text ?? ''))).toEqual(['scripts', 'devDependencies']);
    expect(toAdd[0]?.text).toContain('"greengate validate"');
  });

  it('writes nothing on a dry run, and says the same', () => {
    const { written } = writeProject(folder, files, { dryRun: true });
    expect(listed()).toEqual([]);
    expect(written).toEqual(files.map(({ path }) => path));
  });

  it.each(['', '  '])('writes nothing into a folder without a name, "%s"', (nameless) => {
    expect(() => writeProject(nameless, files, ifWritten)).toThrow(
      'The folder has no name: nothing was written; name one, or "." for this one',
    );
  });

  it('says in one line where it cannot write', () => {
    mkdirSync(join(folder, 'a'));
    writeFileSync(join(folder, 'a/b'), '');
    expect(() => writeProject(join(folder, 'a/b'), files, ifWritten)).toThrow(
      /^Cannot write .*a\/b/,
    );
  });
});
