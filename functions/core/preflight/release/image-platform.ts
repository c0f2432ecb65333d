import { renderPlatform } from '../../image/select-platform.ts';
import { runtimePlatform } from '../../task-definition/runtime-platform.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';

export const imagePlatform: PreflightCheck<ReleaseFacts> = {
  id: 'image-platform',
  title: 'The image is built for the platform that tasks run on',
  remedy: 'Build the image for the runtimePlatform of the task definition, or change that',

  async judge(facts) {
    const [manifest, { document }] = await Promise.all([
      facts.manifest(),
      facts.runningTaskDefinition(),
    ]);
    const wanted = renderPlatform(runtimePlatform(document));
    const candidates = manifest.kind === 'index' ? manifest.children : [manifest];
    const offered = candidates.map(({ platform }) => renderPlatform(platform));
    const kind = manifest.kind === 'index' ? 'an index' : 'a single manifest';
    if (offered.includes(wanted)) return { status: 'OK', observed: `${kind} with ${wanted}` };
    return {
      status: 'NG',
      expected: `${wanted}, the runtimePlatform of the running task definition`,
      observed: `${kind} built for ${offered.join(', ') || 'no platform at all'}`,
      remedy: `Build the image with --platform ${wanted}, or change runtimePlatform of the task definition`,
    };
  },
};
