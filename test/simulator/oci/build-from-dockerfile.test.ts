import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buildFromDockerfile,
  type DockerfileBuild,
} from '../../../simulator/oci/build-from-dockerfile.ts';
import { readImage } from './read-image.ts';

const platform = { os: 'linux', architecture: 'amd64' };

describe('buildFromDockerfile', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'greengate-build-'));
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const context = async (files: Record<string, string>) => {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await writeFile(join(directory, path), content);
    }
  };
  const build = async (dockerfile: string, options: Partial<DockerfileBuild> = {}) => {
    await context({ Dockerfile: dockerfile });
    return readImage(await buildFromDockerfile({ directory, platform, ...options }));
  };

  it('puts what the instructions say into the config', async () => {
    await context({ 'server.mjs': 'x' });

    const { config } = await build(
      [
        'ARG NODE=24-alpine',
        'FROM node:$NODE',
        'ARG VERSION=v1',
        'ENV VERSION=$VERSION GREETING="hello $VERSION"',
        'ENV VERSION=$VERSION-next BEFORE=$VERSION',
        'LABEL a=1 "b c"=2',
        'WORKDIR /srv',
        'WORKDIR app',
        'COPY server.mjs ./',
        'EXPOSE 8080 9000/udp',
        'USER node',
        'ENTRYPOINT ["node"]',
        'CMD ["server.mjs"]',
      ].join('\n'),
      { buildArgs: { VERSION: 'v7' } },
    );

    expect(config).toMatchObject({
      os: 'linux',
      architecture: 'amd64',
      config: {
        Env: [
          'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          'VERSION=v7-next',
          'GREETING=hello v7',
          'BEFORE=v7',
        ],
        Labels: { a: '1', 'b c': '2' },
        WorkingDir: '/srv/app',
        ExposedPorts: { '8080/tcp': {}, '9000/udp': {} },
        User: 'node',
        Entrypoint: ['node'],
        Cmd: ['server.mjs'],
      },
    });
  });

  it.each([
    ['COPY a.txt b.txt ./', ['a.txt', 'b.txt']],
    ['COPY a.txt /x/y.txt', ['x/y.txt']],
    ['COPY a.txt /x/', ['x/a.txt']],
    ['COPY lib /dest', ['dest/deep/d.txt', 'dest/c.txt']],
    ['COPY lib/ ./', ['c.txt', 'deep/d.txt']],
    ['COPY *.txt /all/', ['all/a.txt', 'all/b.txt']],
    ['COPY ["a.txt", "/with space/"]', ['with space/a.txt']],
    ['COPY . .', ['a.txt', 'b.txt', 'lib/c.txt', 'lib/deep/d.txt']],
  ])('%s copies what Docker would', async (instruction, paths) => {
    await context({
      'a.txt': 'a',
      'b.txt': 'b',
      'lib/c.txt': 'c',
      'lib/deep/d.txt': 'd',
      '.dockerignore': 'Dockerfile\n.dockerignore',
    });

    const { files } = await build(`FROM node\n${instruction}`);

    expect([...files.keys()].sort()).toEqual([...paths].sort());
  });

  it('gives copied files the owner and mode that the flags name', async () => {
    await context({ 'a.txt': 'a' });

    const { files } = await build('FROM node\nCOPY --chown=node:20 --chmod=700 a.txt ./');

    expect(files.get('a.txt')).toMatchObject({ uid: 1000, gid: 20, mode: 0o700, text: 'a' });
  });

  it.each([
    ['FROM node\nRUN npm ci', /line 2: RUN is not supported; supported are FROM, ARG, ENV/],
    ['FROM node\n\nADD x /x', /line 3: ADD is not supported/],
    ['FROM alpine:3', /line 1: FROM: the base image "alpine:3" is not supported/],
    ['FROM node AS a\nFROM node', /line 2: a second FROM/],
    ['FROM --platform=linux/arm64 node', /line 1: FROM: --platform=linux\/arm64 is not supported/],
    ['ENV A=1\nFROM node', /line 1: ENV stands before FROM/],
    ['FROM node\nENV A 1', /line 2: ENV: "A" is not of the form NAME=value/],
    ['FROM node\nCMD node server.mjs', /line 2: CMD: only the exec form is supported/],
    ['FROM node\nENTRYPOINT [1]', /line 2: ENTRYPOINT: only the exec form/],
    ['FROM node\nCOPY none.txt /', /line 2: COPY: "none.txt" is not in the build context/],
    ['FROM node\nCOPY ../secret /', /line 2: COPY: "..\/secret" leads out of the build context/],
    ['FROM node\nCOPY --from=build a /', /line 2: COPY: --from=build is not supported/],
    ['FROM node\nCOPY --chown=www-data a /', /line 2: COPY: --chown=www-data names "www-data"/],
    ['FROM node\nEXPOSE 70000', /line 2: EXPOSE: "70000" is not a port/],
    ['FROM node\nUSER a b', /line 2: USER takes exactly one argument/],
    ['FROM node\nENV A="open', /line 2: ENV: a " is not closed/],
    ['# nothing', /there is no FROM/],
  ])('refuses %j, naming the line', async (dockerfile, message) => {
    await expect(build(dockerfile)).rejects.toThrow(message);
  });

  it('refuses a build argument that no ARG declares', async () => {
    await expect(build('FROM node', { buildArgs: { TYPO: '1' } })).rejects.toThrow(
      'The Dockerfile declares no ARG for the build arguments TYPO',
    );
  });

  it('gives equal digests for equal inputs, and another one for another argument', async () => {
    await context({ 'server.mjs': 'x' });
    const dockerfile = 'FROM node\nARG V=1\nENV V=$V\nCOPY server.mjs /app/';

    const [first, again, other] = [
      await build(dockerfile),
      await build(dockerfile),
      await build(dockerfile, { buildArgs: { V: '2' } }),
    ];

    expect(again.image.digest).toBe(first.image.digest);
    expect(other.image.digest).not.toBe(first.image.digest);
    expect(other.manifest.layers).toEqual(first.manifest.layers);
  });

  it('makes no index without an attestation', async () => {
    const { image } = await build('FROM node', { attestation: false });

    expect(image.index).toBeUndefined();
    expect(image.digest).toBe(image.platformDigest);
  });
});
