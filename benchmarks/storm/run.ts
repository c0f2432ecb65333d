import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { recordRelease } from './record-release.ts';
import { renderStorm } from './render.ts';
import { storm } from './storm.ts';

const program = new Command('bench:storm')
  .description('pushes to many services within one virtual minute, under documented quotas')
  .option('--services <n>', 'how many', '1000')
  .option('--seed <n>', 'of the instants of the pushes and of the jitter', '1')
  .option('--first', 'no service was ever released before: nothing is known of its load balancing')
  .option('--json <file>', 'write the numbers')
  .parse();
const options = program.opts<{ services: string; seed: string; first?: boolean; json?: string }>();
const [services, seed] = [Number(options.services), Number(options.seed)];
if (!Number.isInteger(services) || services < 21) {
  program.error(`--services ${options.services}, expected a whole number above the burst of 20`);
}
process.stderr.write('rehearsing the release that is to be repeated\n');
const trace = await recordRelease();
const started = performance.now();
let told = 0;
const report = await storm(trace, {
  services,
  seed,
  withKeptSettings: options.first !== true,
  onProgress: (done, virtualSeconds) => {
    if (done * 20 < told * services) return;
    told = Math.floor((done * 20) / services) + 1;
    process.stderr.write(`${done} of ${services} ended after ${virtualSeconds.toFixed(0)} s\n`);
  },
});
const wallSeconds = (performance.now() - started) / 1_000;
process.stdout.write(`${renderStorm(report, wallSeconds)}\n`);
if (options.json !== undefined) {
  writeFileSync(options.json, `${JSON.stringify({ ...report, wallSeconds }, undefined, 2)}\n`);
}
if (report.deployed < services) process.exitCode = 1;
