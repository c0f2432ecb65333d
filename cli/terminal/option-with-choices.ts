import { Option } from 'commander';

/** An option whose values help lists and completion offers; any other value is refused by the command, in its own words. */
export function optionWithChoices(
  flags: string,
  description: string,
  choices: readonly string[],
): Option {
  const option = new Option(flags, description);
  option.argChoices = [...choices];
  return option;
}
