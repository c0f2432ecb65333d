import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { parseExecutionStatusChange } from '../../../functions/core/events/execution-status-change.ts';
import type * as EndWithoutToken from '../../../functions/observe-execution/end-without-token.ts';
import { repositoryRoot } from '../../architecture/source-files.ts';
import { BlueGreenScene } from '../../support/blue-green-scene.ts';
import { executionEvent } from '../../support/builders/execution-events.ts';

const scratch = mkdtempSync(join(tmpdir(), 'greengate-minified-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The module as functions run it, with the names of classes gone. */
async function minified(): Promise<typeof EndWithoutToken> {
  const outfile = join(scratch, 'end-without-token.mjs');
  const entry = join(repositoryRoot, 'functions/observe-execution/end-without-token.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  });
  return import(pathToFileURL(outfile).href);
}

describe('endWithoutToken in a bundle', () => {
  it.each([
    ['PreflightRefused', 'refused'],
    ['ReleaseHeld', 'refused'],
    ['ReleaseRefused', 'refused'],
    ['InvalidConfigError', 'failed'],
  ])('knows what %s comes to', async (error, outcome) => {
    const event = parseExecutionStatusChange(executionEvent({ status: 'FAILED', error }));
    if (event.kind === 'ignored') throw new Error(event.reason);
    const { endWithoutToken } = await minified();

    await expect(endWithoutToken(event, undefined, new BlueGreenScene())).resolves.toMatchObject({
      outcome,
    });
  });
});
