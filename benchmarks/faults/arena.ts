import { pushWorkload } from '../../cli/rehearsal/push-workload.ts';
import { synthesizeForSimulator } from '../../cli/rehearsal/synthesize-for-simulator.ts';
import { check } from '../../functions/core/config/check-schemas.ts';
import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import { controllerStackName } from '../../infra/names.ts';
import { readConfig } from '../../infra/read-config.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
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
  readonly cluster: string;
  readonly service: string;
  readonly application: string;
  readonly deploymentGroup: string;
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

/** No bound for the latency: a crowded machine would fail it, and that would be no fault of the campaign's. */
const quickCheck = check.parse({
  type: 'http',
  path: '/products',
  requests: 3,
  concurrency: 1,
  // Real time: a crowded machine is no fault of the campaign's.
  timeoutMs: 10_000,
  expect: { status: 200 },
});

/** One cheap check, and a newer push that may take an older one's place: the rest of a release is Greengate's own. */
export function arenaConfig(): Config {
  const { services, ...config } = readConfig();
  const changed = services.map(
    (service): ServiceConfig => ({
      ...service,
      checks: {
        afterAllowTestTraffic: [quickCheck],
        beforeAllowTraffic: [],
        afterAllowTraffic: [],
      },
      onNewerPush: 'supersede',
      endRetentionEarly: true,
    }),
  );
  return { ...config, services: changed };
}

/** Writes the cloud assembly that arenas are opened with, into a folder of the caller's. */
export function synthesizeArena(directory: string): Promise<string> {
  return synthesizeForSimulator(arenaConfig(), directory);
}

export async function openArena(assemblyDirectory: string): Promise<Arena> {
  const simulator = await createSimulator();
  try {
    await simulator.deployAssembly(assemblyDirectory);
  } catch (error) {
    await simulator.stop();
    throw error;
  }
  const [service] = arenaConfig().services;
  if (service === undefined) throw new Error('greengate.yaml has no service');
  const outputs = simulator.models.cloudformation.find(controllerStackName)?.outputs ?? [];
  const output = (key: string) => String(outputs.find((one) => one.key === key)?.value);
  const { target, image } = service;
  if (target.strategy !== 'codedeploy') throw new Error('greengate.yaml deploys by ECS alone');
  const { cluster, application, deploymentGroup } = target;
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
      cluster,
      service: target.service,
      application,
      deploymentGroup,
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
