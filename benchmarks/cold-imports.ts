import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { median } from './median.ts';

export interface ColdImport {
  readonly name: string;
  readonly bundleMs: number;
  readonly plainMs: number;
}

const script = fileURLToPath(new URL('./import-time.mjs', import.meta.url));

function importMs(file: string): number {
  const environment = {
    PATH: process.env.PATH ?? '',
    AWS_REGION: 'us-east-1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const output = execFileSync(process.execPath, [script, pathToFileURL(file).href], {
    env: environment,
    encoding: 'utf8',
  });
  return Number(output);
}

/**
 * Median import time in fresh processes, our bundle and the plain handler taking turns, so that whatever
 * else the machine does hits both alike.
 */
export function measureColdImport(
  name: string,
  files: { readonly bundle: string; readonly plain: string },
  rounds: number,
): ColdImport {
  const bundle: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bundle.push(importMs(files.bundle));
    plain.push(importMs(files.plain));
  }
  return { name, bundleMs: median(bundle), plainMs: median(plain) };
}
