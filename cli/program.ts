import { Command } from 'commander';
import { version } from '../package.json';
import { completionCommand } from './commands/completion.ts';
import { explainCommand } from './commands/explain.ts';
import { historyCommand } from './commands/history.ts';
import { initCommand } from './commands/init.ts';
import { type LazyCommand, lazyCommand } from './commands/lazy-command.ts';
import { releaseCommand } from './commands/release.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { statusCommand } from './commands/status.ts';
import { waitCommand } from './commands/wait.ts';
import { exitCodes } from './terminal/run-command.ts';

const lazyCommands: readonly LazyCommand[] = [
  {
    name: 'validate',
    description: 'Check greengate.yaml: every problem at once, each with its line and path',
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  {
    name: 'preflight',
    description: 'Ask, before anything is deployed, everything that would make a deployment fail',
    load: async () => (await import('./preflight.ts')).preflightCommand,
  },
  {
    name: 'rehearse',
    description: 'Rehearse whole deployments on this machine, without an account',
    load: async () => (await import('./rehearse.ts')).rehearseCommand,
  },
  {
    name: 'simulator',
    description: 'Run the simulator of AWS alone, until Ctrl-C',
    load: async () => (await import('./simulator.ts')).simulatorCommand,
  },
];

/** The command `greengate` with everything below it. */
export function program(): Command {
  const commands = [
    ...[initCommand, waitCommand, rollbackCommand, releaseCommand],
    ...[statusCommand, historyCommand, explainCommand],
  ];
  const load = async () => [
    ...commands,
    ...(await Promise.all(lazyCommands.map(({ load }) => load()))),
  ];
  const all = [...commands, ...lazyCommands.map(lazyCommand), completionCommand(load)];
  const root = new Command('greengate')
    .description('Releases of images to Amazon ECS: set up, rehearse, wait for and explain them')
    .version(version)
    // Lets commands that are loaded later have their options to themselves.
    .enablePositionalOptions()
    .addHelpText(
      'after',
      `
Every command takes credentials, Region and endpoint as the AWS SDKs do, and explains itself: greengate wait --help`,
    );
  for (const command of all) root.addCommand(command);
  // A mistake in the options is a usage error, exit 1; --help and the like end well.
  for (const command of [root, ...all]) {
    command.exitOverride((error) =>
      process.exit(error.exitCode === 0 ? exitCodes.ok : exitCodes.usage),
    );
  }
  return root;
}
