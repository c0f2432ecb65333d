import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { Command } from 'commander';
import { exitCodes, runCommand } from '../../cli/terminal/run-command.ts';
import { type BalancerMeasure, measureBalancer } from './balancer.ts';
import { type ControlPlaneMeasure, measureControlPlane } from './control-plane.ts';
import { type MemoryMeasure, measureMemory } from './memory.ts';
import { renderMeasurements } from './render.ts';
import { measureStartUp, type StartUpMeasure } from './start-up.ts';

export interface SimulatorMeasurements {
  readonly machine: string;
  /** Load of the machine over the minute before, and over the minute at the end. */
  readonly loadBefore: number;
  readonly loadAfter: number;
  readonly startUp: StartUpMeasure;
  readonly memory: MemoryMeasure;
  readonly controlPlane: ControlPlaneMeasure;
  readonly balancer: BalancerMeasure;
}

const command = new Command('bench:simulator')
  .description('Measure the simulator: start, memory, control plane and load balancer')
  .option('--rounds <number>', 'starts of each kind, and rounds of each load', '5')
  .option('--json <file>', 'write the measurements as JSON')
  .addHelpText('after', '\nTimes depend on the machine. Exit code 2 when a target is missed.')
  .action((options: { rounds: string; json?: string }) =>
    runCommand(async () => {
      const rounds = Math.max(1, Number(options.rounds) || 5);
      const say = (what: string) => process.stderr.write(`Measuring ${what} ...\n`);
      const loadBefore = loadavg()[0] ?? Number.NaN;
      say('start-up');
      const startUp = await measureStartUp(rounds);
      say('memory');
      const memory = await measureMemory();
      say('the control plane');
      const controlPlane = await measureControlPlane(rounds);
      say('the load balancer');
      const balancer = await measureBalancer({ rounds });
      const measurements: SimulatorMeasurements = {
        machine: `Node.js ${process.versions.node}, ${cpus().length} cores`,
        loadBefore,
        loadAfter: loadavg()[0] ?? Number.NaN,
        startUp,
        memory,
        controlPlane,
        balancer,
      };
      if (options.json) {
        writeFileSync(options.json, `${JSON.stringify(measurements, undefined, 2)}\n`);
      }
      const { text, met } = renderMeasurements(measurements);
      process.stdout.write(`${text}\n`);
      return met ? exitCodes.ok : exitCodes.failed;
    }),
  );

await command.parseAsync();
