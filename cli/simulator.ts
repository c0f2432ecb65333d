import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { TimeMode } from '../simulator/core/clock.ts';
import { describeSettings, parseSetting } from '../simulator/core/setting-values.ts';
import type { Settings } from '../simulator/core/settings.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { onInterrupt } from './terminal/on-interrupt.ts';
import { runAsScript } from './terminal/run-as-script.ts';
import { exitCodes, runCommand, UsageError } from './terminal/run-command.ts';

interface Options {
  readonly port: string;
  readonly region: string;
  readonly account: string;
  readonly seed: string;
  readonly config?: string;
  readonly assembly?: string;
  readonly template: string[];
  readonly time: string;
  readonly start?: string;
  readonly setting: string[];
  readonly strictEventSources?: boolean;
}

export const simulatorCommand = new Command('simulator')
  .description('Run the simulator alone, empty unless something is loaded, until Ctrl-C')
  .option(
    '--port <number>',
    'port of the AWS endpoint and the image registry, 0 for a free one',
    '4566',
  )
  .option('--region <name>', 'the Region it imitates', process.env.AWS_REGION ?? 'us-east-1')
  .option('--account <id>', 'the account it imitates', '123456789012')
  .option('--config <file>', 'synthesize the stacks of this configuration and create them')
  .option('--assembly <folder>', 'create the stacks of a synthesized CDK app, such as cdk.out')
  .option('--template <file>', 'create this CloudFormation template; may be repeated', collect, [])
  .option('--seed <number>', 'seed of every random choice', '1')
  .option(
    '--time <mode>',
    'skip: jump over idle waits; real: wait them out; stepped: stand still but for POST /_greengate/advance',
    'skip',
  )
  .option('--start <instant>', 'first instant of its time, such as 2026-01-01T00:00:00Z (now)')
  .option('--setting <name=value>', 'change a setting; may be repeated', collect, [])
  .option(
    '--strict-event-sources',
    'refuse PutEvents for sources that begin with aws., as AWS does',
  )
  .addHelpText('after', () => helpText())
  .action((options: Options) => runCommand(() => main(options)));

function helpText(): string {
  return `
It binds to 127.0.0.1 only. When it is ready it prints one line with the endpoint and the registry address.
Then, in another terminal:

  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=me
  aws ecs list-clusters
  curl $AWS_ENDPOINT_URL/_greengate/

Settings, with their defaults (simulator/core/settings.ts says what each stands for):
${describeSettings()
  .map((line) => `  ${line}\n`)
  .join('')}
Exit codes: 0 ended by Ctrl-C, 1 usage, a busy port, or a template or assembly that it cannot load`;
}

async function main(options: Options): Promise<number> {
  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, got "${options.port}"`);
  }
  const worldOptions = readWorldOptions(options);
  const load = await prepareLoading(options);
  const interrupt = new AbortController();
  const cancel = onInterrupt(() => interrupt.abort());
  const interrupted = new Promise<void>((resolve) => {
    interrupt.signal.addEventListener('abort', () => resolve());
  });
  const simulator = await createSimulator({ port, ...worldOptions });
  const scratch = mkdtempSync(join(tmpdir(), 'greengate-assembly-'));
  try {
    // An interrupt stops a simulator that is still loading as well.
    const loading = load(simulator, scratch).then(() => announce(simulator));
    await Promise.race([interrupted, loading.then(() => interrupted)]);
    return exitCodes.ok;
  } finally {
    cancel();
    await simulator.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function readWorldOptions({ region, account, seed, time, start, ...options }: Options) {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
    throw new UsageError(`--region takes a Region such as us-east-1, got "${region}"`);
  }
  if (!/^\d{12}$/.test(account)) {
    throw new UsageError(`--account takes an account id of 12 digits, got "${account}"`);
  }
  if (!/^\d+$/.test(seed) || Number(seed) > 0xffff_ffff) {
    throw new UsageError(`--seed takes a number from 0 to 4294967295, got "${seed}"`);
  }
  if (!isTimeMode(time)) {
    throw new UsageError(`--time takes skip, real or stepped, got "${time}"`);
  }
  const startMs = start === undefined ? undefined : Date.parse(start);
  if (startMs !== undefined && Number.isNaN(startMs)) {
    throw new UsageError(`--start takes an instant such as 2026-01-01T00:00:00Z, got "${start}"`);
  }
  const strict = options.strictEventSources ?? false;
  const settings: Partial<Settings> = Object.assign(
    strict ? { refuseReservedEventSources: true } : {},
    ...options.setting.map(parseSetting),
  );
  return {
    region,
    accountId: account,
    seed: Number(seed),
    time,
    settings,
    ...(startMs !== undefined && { startMs }),
  };
}

function isTimeMode(text: string): text is TimeMode {
  return text === 'skip' || text === 'real' || text === 'stepped';
}

/** Reads the configuration before anything starts; what comes back loads it, or an assembly, and the templates. */
async function prepareLoading({ config: file, assembly, template }: Options) {
  const loadRest = async (simulator: Simulator) => {
    if (assembly !== undefined) await simulator.deployAssembly(assembly);
    for (const one of template) await simulator.deployTemplate(one);
  };
  if (file === undefined) return loadRest;
  if (assembly !== undefined) {
    throw new UsageError(
      '--config and --assembly exclude each other: the one synthesizes the stacks, the other has them',
    );
  }
  // Loaded only here: reading a configuration and the CDK take what an empty start should not cost.
  const { synthesizeForSimulator } = await import('./rehearsal/synthesize-for-simulator.ts');
  const { readConfig } = await import('../infra/read-config.ts');
  const config = readConfig(file);
  return async (simulator: Simulator, scratch: string) => {
    process.stderr.write('Synthesizing and creating the stacks ...\n');
    await simulator.deployAssembly(await synthesizeForSimulator(config, scratch, file));
    await loadRest(simulator);
  };
}

function announce(simulator: Simulator): void {
  const listeners = simulator
    .listeners()
    .map(({ name, protocol, address }) => `  ${name}  ${protocol.toLowerCase()}://${address}\n`)
    .join('');
  if (listeners) process.stderr.write(`Listeners:\n${listeners}`);
  process.stdout.write(
    `Greengate simulator ready, on loopback only: endpoint ${simulator.endpoint} registry ${simulator.registry}\n`,
  );
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

await runAsScript(import.meta.url, simulatorCommand);
