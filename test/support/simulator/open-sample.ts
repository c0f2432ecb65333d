import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { pushWorkload } from '../../../cli/rehearsal/push-workload.ts';
import { ReleaseWatcher } from '../../../cli/rehearsal/release-watcher.ts';
import { clientOptions } from '../../../cli/rehearsal/stage.ts';
import { synthesizeForSimulator } from '../../../cli/rehearsal/synthesize-for-simulator.ts';
import type { Config, ServiceConfig } from '../../../functions/core/config/schema.ts';
import { readConfig } from '../../../infra/read-config.ts';
import type { JournalKind } from '../../../simulator/core/journal.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

/** The sample service and the controller in a simulator, without client traffic. */
export interface OpenSample {
  readonly simulator: Simulator;
  readonly watcher: ReleaseWatcher;
  readonly states: SFNClient;
  readonly stateMachineArn: string;
  /** Pushes the sample workload; resolves with its digest and the journal's length before the push. */
  push(
    tag: string,
    buildArgs?: Readonly<Record<string, string>>,
  ): Promise<{ digest: string; fromSeq: number }>;
  /** Pushes and waits for the end of the execution that came of it. */
  release(tag: string, buildArgs?: Readonly<Record<string, string>>): Promise<Release>;
  start(input: unknown): Promise<Release>;
  stop(): Promise<void>;
}

export interface Release {
  readonly executionArn: string;
  readonly status: string;
  readonly error: string | undefined;
  readonly outcome: string;
  readonly reason: string;
  readonly deploymentId: string | null;
}

export interface SampleOptions {
  /** Default greengate.yaml of this repository. */
  readonly configFile?: string;
  /** Folder with a Dockerfile, for the first image and those that are pushed; default the shop. */
  readonly workload?: string;
}

/** `change` is merged into the sample's service, as its owners would write it into greengate.yaml. */
export async function openSample(
  change: Partial<ServiceConfig> = {},
  { configFile, workload }: SampleOptions = {},
): Promise<OpenSample> {
  const scratch = mkdtempSync(join(tmpdir(), 'greengate-sample-'));
  const simulator = await createSimulator();
  const stop = async () => {
    await simulator.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const config = changed(readConfig(configFile), change);
    await simulator.deployAssembly(
      await synthesizeForSimulator(config, scratch, configFile, workload),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  const outputs = simulator.models.cloudformation.find('GreengateController')?.outputs ?? [];
  const output = (key: string) => String(outputs.find((one) => one.key === key)?.value);
  const stateMachineArn = output('StateMachineArn');
  const watcher = new ReleaseWatcher(simulator.world, output('RecordsBucketName'));
  const states = new SFNClient(clientOptions(simulator));

  const push: OpenSample['push'] = async (tag, buildArgs = {}) => {
    const fromSeq = simulator.world.journal.entries.length;
    const { digest } = await pushWorkload(
      simulator,
      'team/shop',
      tag,
      buildArgs,
      workload === undefined ? {} : { directory: workload },
    );
    return { digest, fromSeq };
  };
  const ended = async (executionArn: string, fromSeq: number): Promise<Release> => {
    const { outcome, reason, deploymentId } = await watcher.attempt(executionArn, fromSeq);
    const end = await watcher.entry(
      'execution.ended',
      fromSeq,
      (entry) => entry.executionArn === executionArn,
    );
    return { executionArn, status: end.status, error: end.error, outcome, reason, deploymentId };
  };
  return {
    simulator,
    watcher,
    states,
    stateMachineArn,
    push,
    release: async (tag, buildArgs) => {
      const { digest, fromSeq } = await push(tag, buildArgs);
      const { executionArn } = await watcher.execution(fromSeq, digest);
      return ended(executionArn, fromSeq);
    },
    start: async (input) => {
      const fromSeq = simulator.world.journal.entries.length;
      const { executionArn = '' } = await states.send(
        new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
      );
      return ended(executionArn, fromSeq);
    },
    stop,
  };
}

function changed({ services, ...config }: Config, change: Partial<ServiceConfig>): Config {
  return { ...config, services: services.map((service) => ({ ...service, ...change })) };
}

/** How many entries of a kind the journal holds from a point on. */
export function countSince({ simulator }: OpenSample, kind: JournalKind, fromSeq: number): number {
  return simulator.world.journal.of(kind).filter(({ seq }) => seq >= fromSeq).length;
}
