import { Command } from 'commander';

/** A command whose code is loaded when it is asked for: the simulator and the CDK are not what `wait` should load. */
export interface LazyCommand {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly description: string;
  readonly load: () => Promise<Command>;
}

/** Stands in for a command; hands every argument, `--help` included, on to the real one. */
export function lazyCommand({ name, description, load }: LazyCommand): Command {
  return new Command(name)
    .description(description)
    .allowExcessArguments()
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action(async (_options, { args }: Command) => {
      const command = await load();
      await command.name(`greengate ${name}`).parseAsync(args, { from: 'user' });
    });
}
