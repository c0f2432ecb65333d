import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Assemblies } from './assemblies.ts';
import { methods } from './methods/methods.ts';
import { playBatch } from './play-batch.ts';
import type { Batch, ParentMessage, WorkerMessage } from './worker-messages.ts';

/** Plays batches in a process of its own, so that two stages use two cores. */
const scratch = mkdtempSync(join(tmpdir(), 'greengate-corpus-'));
const assemblies = new Assemblies(scratch);
const send = (message: WorkerMessage) => void process.send?.(message);

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
// Ctrl-C reaches the whole process group: the parent decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.exit(143));
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ParentMessage) => {
  if (message.kind === 'end') process.exit(0);
  void play(message.batch).then(() => send({ kind: 'ready' }));
});

async function play(batch: Batch): Promise<void> {
  for (const method of batch.methods) {
    await playBatch(methods[method], batch.names, assemblies, (release) =>
      send({ kind: 'played', method, release }),
    );
  }
}

send({ kind: 'ready' });
