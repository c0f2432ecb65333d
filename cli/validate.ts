import { Command } from 'commander';
import { readConfig } from '../infra/read-config.ts';
import { runAsScript } from './terminal/run-as-script.ts';
import { exitCodes, runCommand } from './terminal/run-command.ts';

export const validateCommand = new Command('validate')
  .description('Check greengate.yaml: every problem at once, each with its line and path')
  .argument('[file]', 'configuration file', process.env.GREENGATE_CONFIG ?? 'greengate.yaml')
  .option('--json', 'print the configuration with its defaults as JSON')
  .addHelpText('after', '\nExit codes: 0 valid, 1 not valid or not readable')
  .action((file: string, options: { json?: boolean }) =>
    runCommand(async () => {
      const config = readConfig(file);
      process.stdout.write(
        options.json
          ? `${JSON.stringify(config, undefined, 2)}\n`
          : `${file} is valid: ${config.services.map(({ name }) => name).join(', ')}\n`,
      );
      return exitCodes.ok;
    }),
  );

await runAsScript(import.meta.url, validateCommand);
