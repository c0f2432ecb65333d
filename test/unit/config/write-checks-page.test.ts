import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { problemsOf, serviceText } from './config-text.ts';

const page = readFileSync(new URL('../../../docs/how-to/write-checks.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, yaml = '']) => yaml);

/** A whole file: an example is the checks of a service, or a list of checks for the test listener. */
function wholeFile(yaml: string): string {
  const indent = (text: string, by: number) => text.replace(/^(?=.)/gm, ' '.repeat(by));
  return yaml.startsWith('checks:')
    ? serviceText + indent(yaml, 4)
    : `${serviceText}    checks:\n      afterAllowTestTraffic:\n${indent(yaml, 8)}`;
}

describe('docs/how-to/write-checks.md', () => {
  it('shows a check of every type that is not shown elsewhere', () => {
    const types = examples.flatMap((yaml) => {
      const value: unknown = parse(yaml);
      return [...JSON.stringify(value).matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type);
    });
    expect(types).toEqual(
      expect.arrayContaining(['http', 'flow', 'websocket', 'grpc-health', 'alarms']),
    );
    expect(examples).toHaveLength(9);
  });

  it.each(examples.map((yaml, index) => [index + 1, yaml] as const))(
    'example %i is valid',
    (_, yaml) => {
      expect(problemsOf(wholeFile(yaml))).toEqual([]);
    },
  );
});
