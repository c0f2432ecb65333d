import { type Arena, openArena } from './arena.ts';
import { parseCaseId } from './fault-case.ts';
import { selfTest } from './self-test.ts';
import { StageHand } from './stage-hand.ts';
import type { ParentMessage, WorkerMessage } from './worker-messages.ts';

/** Plays cases in a process of its own, so that two arenas use two cores. */
let arena: Arena | undefined;
let stageHand: StageHand | undefined;
const send = (message: WorkerMessage) => void process.send?.(message);

// Ctrl-C reaches the whole process group: the parent decides.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.exit(143));
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ParentMessage) => {
  if (message.kind === 'end') process.exit(0);
  answer(message).then(send, (error: unknown) => {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ kind: 'broken', reason });
  });
});

async function answer(message: Exclude<ParentMessage, { kind: 'end' }>): Promise<WorkerMessage> {
  if (message.kind === 'open') {
    arena = await openArena(message.assemblyDirectory);
    stageHand = new StageHand(arena);
    return { kind: 'ready' };
  }
  if (arena === undefined || stageHand === undefined) throw new Error('The worker was not opened');
  if (message.kind === 'self-test') return { kind: 'self-tested', tested: await selfTest(arena) };
  if (message.kind === 'record') {
    const { scenario } = message;
    return { kind: 'recorded', scenario, trace: await stageHand.record(scenario) };
  }
  return { kind: 'played', played: await stageHand.play(parseCaseId(message.caseId)) };
}
