import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Platform } from '../core/services.ts';

/** OCI platform that a task definition runs on; X86_64 Linux when it says nothing (aws-facts 2.5). */
export function platformOf(document: TaskDefinition): Platform {
  const arm = document.runtimePlatform?.cpuArchitecture === 'ARM64';
  return { os: 'linux', architecture: arm ? 'arm64' : 'amd64' };
}
