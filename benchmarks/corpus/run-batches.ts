import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { MethodName } from './methods/method.ts';
import type { PlayedRelease } from './played-release.ts';
import type { Batch, ParentMessage, WorkerMessage } from './worker-messages.ts';

const workerFile = fileURLToPath(new URL('./worker.ts', import.meta.url));

export interface RunningCorpus {
  /** Rejects when a worker ended before its work. */
  readonly done: Promise<void>;
  /** Ends every worker, with all that it started. */
  stop(): void;
}

/** Hands batches to worker processes, each of which takes the next one when it is ready. */
export function runBatches(
  batches: readonly Batch[],
  workers: number,
  onPlayed: (method: MethodName, release: PlayedRelease) => void,
): RunningCorpus {
  const waiting = [...batches];
  const children = new Set<ChildProcess>();
  const tell = (child: ChildProcess, message: ParentMessage) => void child.send(message);

  const run = () =>
    new Promise<void>((resolve, reject) => {
      const child = fork(workerFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      children.add(child);
      let ended = false;
      child.on('message', (message: WorkerMessage) => {
        if (message.kind === 'played') return onPlayed(message.method, message.release);
        const batch = waiting.shift();
        ended = batch === undefined;
        tell(child, batch ? { kind: 'play', batch } : { kind: 'end' });
      });
      child.once('error', reject);
      child.once('exit', (code) => {
        children.delete(child);
        if (ended) resolve();
        else reject(new Error(`A worker of the corpus ended with ${code} before its work`));
      });
    });

  const stop = () => {
    for (const child of children) child.kill('SIGTERM');
  };
  const count = Math.min(workers, batches.length);
  const done = Promise.all(Array.from({ length: count }, run)).then(() => {});
  // One worker lost its releases: the others' would be no corpus.
  done.catch(stop);
  return { done, stop };
}
