export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What its argument may be. */
  readonly choices: readonly string[];
  /** Its argument is a path. */
  readonly file: boolean;
}

export interface CompletedOption {
  /** `--service` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** Its value is a path. */
  readonly file: boolean;
  readonly choices: readonly string[];
}

/** For bash 3.2 and newer, without the bash-completion package. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options, choices }) => {
    const words = [...options.map(({ flag }) => flag), '--help', ...choices].join(' ');
    return `    ${name}) words="${words}" ;;`;
  });
  const files = flagsOf(commands, ({ file }) => file);
  const chosen = commands.flatMap(({ name, options }) =>
    options
      .filter(({ choices }) => choices.length > 0)
      .map(
        ({ flag, choices }) =>
          `    ${name}\\ ${flag}) COMPREPLY=($(compgen -W "${choices.join(' ')}" -- "$current")); return ;;`,
      ),
  );
  const values = flagsOf(
    commands,
    ({ file, takesValue, choices }) => takesValue && !file && choices.length === 0,
  );
  const paths = commands.filter(({ file }) => file).map(({ name }) => name);
  const pathCases =
    paths.length === 0
      ? []
      : [
          '  case "${COMP_WORDS[1]} $current" in',
          '    *\\ -*) ;;',
          `    ${paths.map((name) => `${name}\\ *`).join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;`,
          '  esac',
        ];
  return `_greengate() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  # A flag may take a value with one command and none with another.
  case "\${COMP_WORDS[1]} $previous" in
    ${files.join('|')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
${chosen.map((line) => `${line}\n`).join('')}    ${values.join('|')}) return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names} --help" -- "$current"))
    return
  fi
${pathCases.map((line) => `${line}\n`).join('')}  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _greengate greengate
`;
}

export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const names = commands.map(({ name, description }) => `    '${name}:${zshText(description)}'`);
  const cases = commands.map(({ name, options, choices, file: path }) => {
    const specs = options.map(({ flag, description, takesValue, file, choices: fixed }) => {
      const action = file ? '_files' : fixed.length > 0 ? `(${fixed.join(' ')})` : '';
      return `'${flag}[${zshText(description)}]${takesValue ? `:value:${action}` : ''}'`;
    });
    const argument = path
      ? ["'1:path:_files'"]
      : choices.length === 0
        ? []
        : [`'1:choice:(${choices.join(' ')})'`];
    return `    ${name}) _arguments ${[...specs, "'--help[display help]'", ...argument].join(' ')} ;;`;
  });
  return `#compdef greengate
_greengate() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
(( $+functions[compdef] )) && compdef _greengate greengate
`;
}

export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, choices, file: path }) => {
    const seen = `-n "__fish_seen_subcommand_from ${name}"`;
    return [
      `complete -c greengate -n __fish_use_subcommand -a ${name} -d '${fishText(description)}'`,
      ...options.map(
        ({ flag, description: about, takesValue, file, choices: fixed }) =>
          `complete -c greengate ${seen} -l ${flag.slice(2)}${takesValue ? (file ? ' -r -F' : ' -x') : ''}${fixed.length > 0 ? ` -a '${fixed.join(' ')}'` : ''} -d '${fishText(about)}'`,
      ),
      ...(path ? [`complete -c greengate ${seen} -F`] : []),
      ...choices.map((choice) => `complete -c greengate ${seen} -a ${choice}`),
    ];
  });
  return ['complete -c greengate -f', ...lines, ''].join('\n');
}

/** Patterns of a shell's case, `wait\ --junit`. */
function flagsOf(
  commands: readonly CompletedCommand[],
  fits: (option: CompletedOption) => boolean,
): string[] {
  return commands.flatMap(({ name, options }) =>
    options.filter(fits).map(({ flag }) => `${name}\\ ${flag}`),
  );
}

function zshText(text: string): string {
  return text.replace(/[\\[\]:]/g, (character) => `\\${character}`).replace(/'/g, "'\\''");
}

function fishText(text: string): string {
  return text.replace(/['\\]/g, (character) => `\\${character}`);
}
