import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { World } from '../core/world.ts';
import type { ExecutionRole } from './task-roles.ts';

const prefix =
  'ResourceInitializationError: failed to download env files: file download command: non empty error stream: ';

/**
 * Variables of a container's environment files, the first file's winning (developer guide, "Pass environment
 * variables"). Throws Error whose message is the task's stopped reason.
 */
export function readEnvironmentFiles(
  world: World,
  { environmentFiles = [] }: ContainerDefinition,
  role: ExecutionRole,
): Record<string, string> {
  const files = environmentFiles.map(({ value = '' }) => readFile(world, value, role));
  return Object.assign({}, ...files.reverse()) as Record<string, string>;
}

function readFile(world: World, objectArn: string, role: ExecutionRole) {
  const refuse = (why: string) =>
    new Error(`${prefix}service call has been retried 1 time(s): ${objectArn}: ${why}`);
  const [, bucket = '', key = ''] = /^arn:[^:]*:s3:::([^/]+)\/(.+)$/.exec(objectArn) ?? [];
  if (role.denial('s3:GetObject', objectArn)) throw refuse('AccessDenied: Access Denied');
  let content: Uint8Array | undefined;
  try {
    content = world.services.s3.getObject(bucket, key);
  } catch {
    content = undefined;
  }
  if (!content) throw refuse('NoSuchKey: The specified key does not exist.');
  return parseEnvironmentFile(new TextDecoder().decode(content));
}

/** `NAME=value` by line; `#` begins a comment line, a line without `=` is skipped, nothing is unquoted. */
export function parseEnvironmentFile(text: string): Record<string, string> {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => !line.trimStart().startsWith('#') && line.indexOf('=') > 0);
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), line.slice(at + 1).trimStart()];
    }),
  );
}
