import { Argument, Command } from 'commander';
import {
  bashCompletion,
  type CompletedCommand,
  fishCompletion,
  zshCompletion,
} from '../completion/scripts.ts';
import { exitCodes, runCommand } from '../terminal/run-command.ts';

const shells = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
} as const;

/** The command that prints completion for everything that the commands offer, which are loaded for it. */
export function completionCommand(load: () => Promise<readonly Command[]>): Command {
  const command = new Command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('<shell>').choices(Object.keys(shells)))
    .addHelpText(
      'after',
      `
  source <(greengate completion bash)                                      (in ~/.bashrc)
  greengate completion zsh > "\${fpath[1]}/_greengate"
  greengate completion fish > ~/.config/fish/completions/greengate.fish

Exit codes: 0 printed, 1 no such shell`,
    )
    .action((shell: keyof typeof shells) =>
      runCommand(async () => {
        const commands = [...(await load()), command];
        process.stdout.write(shells[shell](commands.map(completed)));
        return exitCodes.ok;
      }),
    );
  return command;
}

function completed(command: Command): CompletedCommand {
  return {
    name: command.name(),
    description: command.description(),
    options: command.options
      .filter(({ long }) => long !== undefined)
      .map(({ flags, long, description, required, argChoices }) => ({
        flag: long ?? '',
        description,
        takesValue: required,
        // A shell completes files by itself.
        file: flags.endsWith('<file>'),
        choices: argChoices ?? [],
      })),
    choices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
    file: command.registeredArguments.some((one) => ['file', 'folder'].includes(one.name())),
  };
}
