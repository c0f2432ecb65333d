import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CorpusEntry } from './entry.ts';

export const workloadDirectory = fileURLToPath(
  new URL('../../simulator/workloads/corpus', import.meta.url),
);

/** Build arguments of an entry's image. */
export function buildArgumentsOf({ variant, stage }: Pick<CorpusEntry, 'variant' | 'stage'>) {
  return { VARIANT: variant, PROTOCOL: stage === 'grpc' ? 'grpc' : 'http' };
}

/**
 * A copy of the workload whose image is, without any build argument, the given baseline: what a stack that is
 * created now starts with.
 */
export function writeBaseline(
  directory: string,
  { baseline, stage }: Pick<CorpusEntry, 'baseline' | 'stage'>,
): string {
  const target = join(directory, `workload-${stage}-${baseline}`);
  cpSync(workloadDirectory, target, { recursive: true });
  const file = join(target, 'Dockerfile');
  const wanted = buildArgumentsOf({ variant: baseline, stage });
  const text = Object.entries(wanted).reduce(
    (dockerfile, [name, value]) =>
      dockerfile.replace(new RegExp(`^ARG ${name}=.*$`, 'm'), `ARG ${name}=${value}`),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, text);
  return target;
}
