import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { PulledImage } from '../core/services.ts';
import type { ContainerCommand } from './container-command.ts';
import { platformOf } from './runtime-platform.ts';

/** True for an image of another architecture: only a single manifest gets this far (aws-facts 2.8). */
export function isForeign(image: PulledImage, document: TaskDefinition): boolean {
  return image.platform.architecture !== platformOf(document).architecture;
}

/**
 * What the kernel makes of a foreign program: one line in the container's log and an exit, so that the task
 * was RUNNING and stops with EssentialContainerExited (aws-facts 2.8). The exit code is runc's.
 */
export function execFormatError(
  image: PulledImage,
  { entryPoint, command }: ContainerDefinition,
): ContainerCommand {
  const words = entryPoint?.length
    ? entryPoint
    : [...image.entrypoint, ...(command ?? image.command)];
  const line = JSON.stringify(`exec ${words[0] ?? '/bin/sh'}: exec format error`);
  return { args: ['-e', `console.error(${line}); process.exitCode = 255;`], cwd: '/' };
}
