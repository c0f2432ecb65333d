import { createHash } from 'node:crypto';
import type { World } from '../core/world.ts';
import type { FunctionDefinition } from './function-definition.ts';

/** First line of a log stream (Lambda guide, "Runtime updates"); the runtime's own version is made up. */
export function initStartLine(world: World, { runtime, logging }: FunctionDefinition): string {
  const version = `${runtime.replace(/^nodejs(\d+).*$/, 'nodejs:$1')}.v1`;
  const hash = createHash('sha256').update(version).digest('hex');
  const arn = `arn:aws:lambda:${world.identity.region}::runtime:${hash}`;
  if (logging.LogFormat === 'Text') {
    return `INIT_START Runtime Version: ${version}\tRuntime Version ARN: ${arn}`;
  }
  return JSON.stringify({
    time: new Date(world.clock.now()).toISOString(),
    type: 'platform.initStart',
    record: {
      initializationType: 'on-demand',
      phase: 'init',
      runtimeVersion: version,
      runtimeVersionArn: arn,
    },
  });
}
