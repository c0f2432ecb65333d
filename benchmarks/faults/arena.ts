import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import type { Strategy, TargetConfig } from '../../functions/core/config/target-schema.ts';
import { controllerStackName } from '../../infra/names.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import { arenaService } from './arena-config.ts';
import { type AwsClients, awsClients } from './aws-clients.ts';

/** The sample service and the controller in a simulator, in which one case follows the other. */
export interface Arena {
  readonly simulator: Simulator;
  readonly aws: AwsClients;
  readonly names: ArenaNames;
  readonly journal: () => readonly JournalEntry[];
  /** Pushes the sample workload under a tag of its own. */
  push(buildArgs?: Readonly<Record<string, string>>): Promise<Pushed>;
  /**
   * Resolves once `done` holds, which executions, deployments and their lifecycle events in the journal let look
   * again, or with false when so much virtual time has passed.
   */
  until(done: () => boolean, limitMs: number): Promise<boolean>;
  /** Keeps something up that what runs depends on, until the next reset. */
  keep(stop: () => Promise<void>): void;
  /** Begins anew with an empty past; functions start cold afterwards. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface ArenaNames {
  readonly target: TargetConfig;
  readonly repository: string;
  readonly recordsBucket: string;
  readonly stateMachineArn: string;
}

export interface Pushed {
  readonly tag: string;
  readonly digest: string;
  /** Of the manifest for the platform: a task definition may name either. */
  readonly platformDigest: string;
  /** Virtual, epoch milliseconds. */
  readonly atMs: number;
}

export async function openArena(
  assemblyDirectory: string,
  strategy: Strategy = 'codedeploy',
): Promise<Arena> {
  const simulator = await createSimulator();
  try {
    await simulator.deployAssembly(assemblyDirectory);
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  const { target, image } = arenaService(strategy);
  const outputs = simulator.models.cloudformation.find(controllerStackName)?.outputs ?? [];
  const output = (key: string) => String(outputs.find((one) => one.key === key)?.value);
  const { repository } = image;
  let pushes = 1;
  let kept: (() => Promise<void>)[] = [];
  const endKept = async () => {
    const ending = kept;
    kept = [];
    await Promise.all(ending.map((end) => end()));
  };
  return {
    simulator,
    aws: awsClients(simulator),
    names: {
      target,
      repository,
      recordsBucket: output('RecordsBucketName'),
      stateMachineArn: output('StateMachineArn'),
    },
    journal: () => simulator.world.journal.entries,
    push: async (buildArgs = {}) => {
      const tag = `v${++pushes}`;
      const atMs = simulator.world.clock.now();
      const push = () => pushWorkload(simulator, repository, tag, buildArgs);
      // Held: on a busy machine time would jump past what the push is to interrupt.
      return { ...(await simulator.world.clock.during(`push of ${tag}`, push)), atMs };
    },
    until: (done, limitMs) => until(simulator, done, limitMs),
    keep: (stop) => void kept.push(stop),
    reset: async () => {
      await endKept();
      await simulator.reset({ to: 'loaded' });
    },
    stop: async () => {
      await endKept();
      await simulator.stop();
    },
  };
}

function until({ world }: Simulator, done: () => boolean, limitMs: number): Promise<boolean> {
  if (done()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (held: boolean) => {
      cancel();
      unsubscribe();
      resolve(held);
    };
    const cancel = world.clock.schedule(limitMs, () => end(false));
    const unsubscribe = world.journal.subscribe(({ kind }) => {
      if (/^(execution|deployment|lifecycle)\./.test(kind) && done()) end(true);
    });
  });
}
