import { Command } from 'commander';
import { completionCommand } from './commands/completion.ts';
import { explainCommand } from './commands/explain.ts';
import { historyCommand } from './commands/history.ts';
import { statusCommand } from './commands/status.ts';
import { waitCommand } from './commands/wait.ts';
import { exitCodes } from './terminal/run-command.ts';

/** The command `greengate` with everything below it. */
export function program(): Command {
  const commands = [waitCommand, statusCommand, historyCommand, explainCommand];
  const all = [...commands, completionCommand(commands)];
  const root = new Command('greengate')
    .description('Releases of images to Amazon ECS: wait for them, list and explain them')
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
