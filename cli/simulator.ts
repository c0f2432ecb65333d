import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { readConfig } from '../infra/read-config.ts';
import { createSimulator } from '../simulator/simulator.ts';
import { synthesizeForSimulator } from './rehearsal/synthesize-for-simulator.ts';
import { untilInterrupted } from './terminal/on-interrupt.ts';
import { exitCodes, runCommand, UsageError } from './terminal/run-command.ts';

interface Options {
  readonly port: string;
  readonly region: string;
  readonly config: string;
  readonly template: string[];
  readonly time: string;
  readonly strictEventSources?: boolean;
}

const command = new Command('simulator')
  .description('Run the simulator alone, loaded with the synthesized templates, until Ctrl-C')
  .option(
    '--port <number>',
    'port of the AWS endpoint and the image registry, 0 for a free one',
    '4566',
  )
  .option('--region <name>', 'the Region it imitates', process.env.AWS_REGION ?? 'us-east-1')
  .option('--config <file>', 'configuration file', process.env.GREENGATE_CONFIG ?? 'greengate.yaml')
  .option(
    '--template <file>',
    'load this CloudFormation template instead of the synthesized ones; may be repeated',
    collect,
    [],
  )
  .option('--time <mode>', 'skip: jump over idle waits; real: wait them out', 'skip')
  .option(
    '--strict-event-sources',
    'refuse PutEvents for sources that begin with aws., as AWS does',
  )
  .addHelpText(
    'after',
    `
When it is ready it prints one line with the endpoint and the registry address. Then, in another terminal:

  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=me AWS_SECRET_ACCESS_KEY=me
  aws ecs describe-services --cluster greengate-sample --services shop
  aws stepfunctions list-state-machines

Exit codes: 0 ended by Ctrl-C, 1 usage, a busy port, or a template that it cannot load`,
  )
  .action((options: Options) => runCommand(() => main(options)));

async function main(options: Options): Promise<number> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port takes a number from 0 to 65535, got "${options.port}"`);
  }
  if (options.time !== 'skip' && options.time !== 'real') {
    throw new UsageError(`--time takes skip or real, got "${options.time}"`);
  }
  const config = readConfig(options.config);
  const simulator = await createSimulator({
    port,
    region: options.region,
    time: options.time,
    settings: { refuseReservedEventSources: options.strictEventSources ?? false },
  });
  const scratch = mkdtempSync(join(tmpdir(), 'greengate-assembly-'));
  try {
    if (options.template.length > 0) {
      for (const file of options.template) await simulator.deployTemplate(file);
    } else {
      process.stderr.write('Synthesizing and creating the stacks ...\n');
      await simulator.deployAssembly(await synthesizeForSimulator(config, scratch, options.config));
    }
    const listeners = simulator
      .listeners()
      .map(({ name, protocol, address }) => `  ${name}  ${protocol.toLowerCase()}://${address}\n`)
      .join('');
    if (listeners) process.stderr.write(`Listeners:\n${listeners}`);
    process.stdout.write(
      `Greengate simulator ready: endpoint ${simulator.endpoint} registry ${simulator.registry}\n`,
    );
    await untilInterrupted();
    return exitCodes.ok;
  } finally {
    await simulator.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

await command.parseAsync();
