import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cells } from './cells.ts';
import type { CellResult } from './play-cell.ts';
import type { CellAnswer, CellTask } from './worker.ts';

export interface PlayOptions {
  readonly runs: number;
  readonly seed: string;
  readonly processes: number;
  /** Told each cell when it is done. */
  readonly onDone: (cell: string, done: number, of: number) => void;
}

/** Plays every cell, spread over processes; what comes out depends on runs and seed alone. */
export async function playAll({
  runs,
  seed,
  processes,
  onDone,
}: PlayOptions): Promise<CellResult[]> {
  const results: CellAnswer[] = cells.map(() => []);
  let [next, done] = [0, 0];
  const work = async () => {
    // Flags such as `--import tsx` are handed on.
    const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)));
    try {
      while (next < cells.length) {
        const cell = next++;
        results[cell] = await answerOf(child, { cell, runs, seed });
        done += 1;
        onDone(cells[cell]?.name ?? '', done, cells.length);
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: Math.min(processes, cells.length) }, work));
  return results.flat();
}

function answerOf(child: ChildProcess, task: CellTask): Promise<CellAnswer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => {
      reject(new Error(`A process of the benchmark ended with ${code} before its work`));
    };
    child.once('exit', ended);
    child.once('message', (answer: CellAnswer) => {
      child.off('exit', ended);
      resolve(answer);
    });
    child.send(task);
  });
}
