import { describe, expect, it } from 'vitest';
import {
  parseShell,
  UnsupportedShellError,
} from '../../../../simulator/ecs/health-command/parse-shell.ts';

const environment = { PORT: '8080', EMPTY: '' };

describe('the shell of health checks', () => {
  it.each([
    [
      'curl -f http://localhost/ || exit 1',
      [
        [';', ['curl', '-f', 'http://localhost/']],
        ['||', ['exit', '1']],
      ],
    ],
    [
      'true&&false;echo x',
      [
        [';', ['true']],
        ['&&', ['false']],
        [';', ['echo', 'x']],
      ],
    ],
    [`grep 'a b' "c d" e\\ f`, [[';', ['grep', 'a b', 'c d', 'e f']]]],
    ['curl localhost:$PORT/${PATHNAME:-ready}', [[';', ['curl', 'localhost:8080/ready']]]],
    [`echo '$PORT' "$PORT" ${'${EMPTY}'}x`, [[';', ['echo', '$PORT', '8080', 'x']]]],
    ['curl -s localhost 2>/dev/null 2>&1', [[';', ['curl', '-s', 'localhost']]]],
    ['  ', []],
  ])('reads %s', (line, expected) => {
    const read = parseShell(line, environment);
    expect(read.map(({ joint, commands }) => [joint, ...commands])).toEqual(expected);
  });

  it('reads pipelines and their negation', () => {
    expect(parseShell('! curl -s localhost | grep -q bad', {})).toEqual([
      {
        joint: ';',
        negated: true,
        commands: [
          ['curl', '-s', 'localhost'],
          ['grep', '-q', 'bad'],
        ],
      },
    ]);
  });

  it.each([
    ['echo x > /etc/passwd', 'output to anything but /dev/null'],
    ['echo $(id)', '"(" in a shell line'],
    ['echo "$(id)"', 'substitution in a shell line'],
    ['echo `id`', '"`" in a shell line'],
    ['(true)', '"(" in a shell line'],
    ['sleep 1 &', '"&" in a shell line'],
    [`echo 'open`, `"'" in a shell line`],
  ])('refuses %s by name', (line, problem) => {
    expect(() => parseShell(line, {})).toThrow(UnsupportedShellError);
    expect(() => parseShell(line, {})).toThrow(problem);
  });
});
