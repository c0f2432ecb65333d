import { describe, expect, it } from 'vitest';
import { UnsupportedError } from '../../../functions/core/errors.ts';
import { runtimePlatform } from '../../../functions/core/task-definition/runtime-platform.ts';

describe('runtimePlatform', () => {
  it.each([
    [{}, 'linux', 'amd64'],
    [{ runtimePlatform: {} }, 'linux', 'amd64'],
    [{ runtimePlatform: { operatingSystemFamily: 'LINUX' } }, 'linux', 'amd64'],
    [{ runtimePlatform: { cpuArchitecture: 'ARM64' } }, 'linux', 'arm64'],
    [
      {
        runtimePlatform: {
          cpuArchitecture: 'X86_64',
          operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE',
        },
      },
      'windows',
      'amd64',
    ],
  ])('%j runs on %s/%s', (document, os, architecture) => {
    expect(runtimePlatform(document)).toEqual({ os, architecture });
  });

  it.each([
    { runtimePlatform: { cpuArchitecture: 'RISCV64' } },
    { runtimePlatform: { operatingSystemFamily: 'FREEBSD' } },
  ])('refuses %j', (document) => {
    expect(() => runtimePlatform(document)).toThrow(UnsupportedError);
  });
});
