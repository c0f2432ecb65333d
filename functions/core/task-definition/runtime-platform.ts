import { UnsupportedError } from '../errors.ts';
import type { ImagePlatform } from '../ports/image-registry.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

/** ECS and OCI spell architectures differently (aws-facts 1.5). */
const architectures: Readonly<Record<string, string>> = { X86_64: 'amd64', ARM64: 'arm64' };

/** The platform that tasks of this definition run on; without runtimePlatform X86_64 LINUX (aws-facts 2.5). */
export function runtimePlatform(document: TaskDefinitionDocument): ImagePlatform {
  const declared = document.runtimePlatform;
  const cpu = textMember(declared, 'cpuArchitecture') ?? 'X86_64';
  const family = textMember(declared, 'operatingSystemFamily') ?? 'LINUX';
  const architecture = architectures[cpu];
  const os = family === 'LINUX' ? 'linux' : family.startsWith('WINDOWS') ? 'windows' : undefined;
  if (architecture === undefined || os === undefined) {
    throw new UnsupportedError(
      `The running task definition has runtimePlatform ${cpu} ${family}, expected X86_64 or ARM64 on LINUX or WINDOWS_…`,
    );
  }
  return { os, architecture };
}

function textMember(value: unknown, name: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const member: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof member === 'string' ? member : undefined;
}
