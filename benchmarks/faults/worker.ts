import type { Strategy } from '../../functions/core/config/target-schema.ts';
import { type Arena, openArena } from './arena.ts';
import { parseCaseId, strategyOf } from './fault-case.ts';
import { selfTest } from './self-test.ts';
import { StageHand } from './stage-hand.ts';
import type { Assemblies, ParentMessage, WorkerMessage } from './worker-messages.ts';

interface Stage {
  readonly arena: Arena;
  readonly stageHand: StageHand;
}

/** Plays cases in a process of its own, so that two arenas use two cores. */
let assemblies: Assemblies = {};
const stages = new Map<Strategy, Promise<Stage>>();
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
  switch (message.kind) {
    case 'open':
      assemblies = message.assemblies;
      return { kind: 'ready' };
    case 'self-test':
      return { kind: 'self-tested', tested: await selfTest((await stageFor('codedeploy')).arena) };
    case 'record': {
      const { scenario } = message;
      const { stageHand } = await stageFor(strategyOf(scenario));
      return { kind: 'recorded', scenario, trace: await stageHand.record(scenario) };
    }
    case 'play': {
      const played = parseCaseId(message.caseId);
      const { stageHand } = await stageFor(strategyOf(played.scenario));
      return { kind: 'played', played: await stageHand.play(played) };
    }
  }
}

/** Opened when it is first needed: not every worker comes to play in each. */
function stageFor(strategy: Strategy): Promise<Stage> {
  const opened = stages.get(strategy) ?? openStage(strategy);
  stages.set(strategy, opened);
  return opened;
}

async function openStage(strategy: Strategy): Promise<Stage> {
  const directory = assemblies[strategy];
  if (directory === undefined) throw new Error(`The worker was not opened for ${strategy}`);
  const arena = await openArena(directory, strategy);
  return { arena, stageHand: new StageHand(arena) };
}
