import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../infra/paths.ts';
import { type CorpusRun, renderCorpusPage } from './render-corpus-page.ts';
import { renderCorpusSvg } from './render-corpus-svg.ts';

/** Writes the page and the picture that docs show of the corpus. */
export function writeCorpusPage(run: CorpusRun): void {
  const images = join(repositoryRoot, 'docs/images');
  mkdirSync(images, { recursive: true });
  writeFileSync(join(images, 'corpus.svg'), renderCorpusSvg(run.results));
  writeFileSync(join(repositoryRoot, 'docs/reference/corpus.md'), renderCorpusPage(run));
}
