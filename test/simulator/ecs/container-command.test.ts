import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PulledImage } from '../../../simulator/core/services.ts';
import { containerCommand } from '../../../simulator/ecs/container-command.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'greengate-root-'));
  mkdirSync(join(root, 'app'));
  writeFileSync(join(root, 'app', 'server.mjs'), '');
  writeFileSync(join(root, 'app', 'setup.mjs'), '');
  symlinkSync('/etc/hostname', join(root, 'app', 'escape.mjs'));
});
afterAll(() => rmSync(root, { recursive: true }));

function image(command: readonly string[], entrypoint: readonly string[] = []): PulledImage {
  return {
    digest: 'sha256:1',
    platformDigest: 'sha256:1',
    platform: { os: 'linux', architecture: 'arm64' },
    rootDirectory: root,
    entrypoint,
    command,
    environment: {},
    workingDirectory: '/app',
  };
}

describe('containerCommand', () => {
  it.each([
    { command: ['node', 'server.mjs'], args: ['/app/server.mjs'] },
    { command: ['/usr/local/bin/node', '/app/server.mjs'], args: ['/app/server.mjs'] },
    { command: ['node', '../../../../etc/passwd'], args: ['/etc/passwd'] },
    { command: ['node', '/etc/passwd'], args: ['/etc/passwd'] },
    {
      command: ['node', '--import', '/app/setup.mjs', 'server.mjs', '/app/setup.mjs'],
      args: ['--import', '/app/setup.mjs', '/app/server.mjs', '/app/setup.mjs'],
    },
  ])('keeps $command inside the root', ({ command, args }) => {
    const mapped = args.map((argument) => (argument.startsWith('/') ? root + argument : argument));
    expect(containerCommand(image(command), {})).toEqual({ args: mapped, cwd: join(root, 'app') });
  });

  it('leaves an argument alone that is no file of the image', () => {
    const { args } = containerCommand(image(['node', 'server.mjs', '/health']), {});
    expect(args.at(-1)).toBe('/health');
  });

  it('evaluates a script without taking it for a path', () => {
    expect(containerCommand(image(['node', '-e', 'console.log(1)']), {}).args).toEqual([
      '-e',
      'console.log(1)',
    ]);
  });

  it('drops the command of the image when the entry point is overridden', () => {
    const overridden = containerCommand(image(['ignored'], ['ignored']), {
      entryPoint: ['node'],
      command: ['server.mjs'],
      workingDirectory: '/',
    });
    expect(overridden).toEqual({ args: [join(root, 'server.mjs')], cwd: root });
  });

  it.each([
    {
      command: ['java', '-jar', 'a.jar'],
      message: 'exec: "java": executable file not found in $PATH',
    },
    { command: ['/bin/sh', '-c', 'node'], message: 'exec: "/bin/sh": stat /bin/sh: no such file' },
    { command: [], message: 'no command specified' },
    { command: ['node', 'escape.mjs'], message: 'leads out of the image' },
  ])('refuses $command as a container runtime would', ({ command, message }) => {
    expect(() => containerCommand(image(command), {})).toThrow(message);
    expect(() => containerCommand(image(command), {})).toThrow(/^CannotStartContainerError: /);
  });
});
