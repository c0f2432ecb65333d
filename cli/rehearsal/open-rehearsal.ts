import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulator, type Simulator } from '../../simulator/simulator.ts';
import type { PhaseTimer } from './phase-timer.ts';
import type { RehearsalOptions } from './rehearsal.ts';
import { sampleService } from './sample-service.ts';
import { type Stage, setStage } from './stage.ts';
import { synthesizeForSimulator } from './synthesize-for-simulator.ts';

export interface OpenRehearsal {
  readonly simulator: Simulator;
  readonly stage: Stage;
  /** Registers something to end before the simulator does. */
  onStop(stop: () => Promise<void>): void;
  /** Ends all that was started; safe to call twice. */
  stop(): Promise<void>;
}

const defaults = { requestsPerSecond: 100, requestsPerWeight: 50 };

/** Synthesizes, starts the simulator, creates the stacks and sets the stage. */
export async function openRehearsal(
  options: RehearsalOptions,
  timer: PhaseTimer,
): Promise<OpenRehearsal> {
  const { config, configFile, print, paint } = options;
  const service = sampleService(config);
  const scratch = mkdtempSync(join(tmpdir(), 'greengate-assembly-'));
  const stops: (() => Promise<void>)[] = [
    async () => rmSync(scratch, { recursive: true, force: true }),
  ];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    print(paint.faint('Synthesizing the CDK app ...'));
    const assembly = await timer.run('synthesis', () =>
      synthesizeForSimulator(config, scratch, configFile, undefined, options.shift),
    );
    const simulator = await timer.run('stacks', async () => {
      const created = await createSimulator();
      stops.push(() => created.stop());
      print(paint.faint(`Simulator on ${created.endpoint}, creating the stacks ...`));
      await created.deployAssembly(assembly);
      return created;
    });
    const resources = simulator.world.journal.of('stack.resource-created').length;
    print(paint.faint(`${resources} resources created; the first release, v1, is serving`));
    const stage = await setStage({
      simulator,
      service,
      requestsPerSecond: options.requestsPerSecond ?? defaults.requestsPerSecond,
      requestsPerWeight: options.requestsPerWeight ?? defaults.requestsPerWeight,
    });
    stops.push(async () => {
      stage.ledger.close();
      await stage.traffic.stop();
    });
    return { simulator, stage, onStop: (end) => stops.push(end), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
