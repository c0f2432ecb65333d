import { describe, expect, it } from 'vitest';
import { type ImportStatement, sourceFiles } from './source-files.ts';

/** `file -> import` for each import of a folder that a rule forbids. */
function violations(
  folder: string,
  forbidden: (statement: ImportStatement, path: string) => boolean,
): string[] {
  return sourceFiles(folder).flatMap(({ path, imports }) =>
    imports.filter((one) => forbidden(one, path)).map(({ target }) => `${path} -> ${target}`),
  );
}

const inFolder = (folder: string) => (statement: ImportStatement) =>
  statement.target.startsWith(`${folder}/`);
const isSdk = ({ target }: ImportStatement) => /^@(aws-sdk|smithy)\//.test(target);

describe('import rules (style habits 2 and 3)', () => {
  it('sees the files and their imports', () => {
    const files = sourceFiles('functions');
    expect(files.length).toBeGreaterThan(20);
    const handler = files.find(({ path }) => path === 'functions/lifecycle-hook/handler.ts');
    expect(handler?.imports.map(({ target }) => target)).toContain(
      'functions/adapters/lambda-entry.ts',
    );
  });

  it.each(['simulator', 'infra', 'cli', 'test', 'benchmarks'])(
    'functions import nothing from %s',
    (folder) => {
      expect(violations('functions', inFolder(folder))).toEqual([]);
    },
  );

  it('the core imports no SDK, no Node.js I/O and no outer ring', () => {
    const outerRings = (one: ImportStatement) =>
      one.target.startsWith('functions/') && !one.target.startsWith('functions/core/');
    const isTool = (path: string) => path.endsWith('write-json-schema.ts');
    expect(
      violations(
        'functions/core',
        (one, path) =>
          !isTool(path) &&
          (isSdk(one) ||
            outerRings(one) ||
            (one.target.startsWith('node:') && one.target !== 'node:crypto')),
      ),
    ).toEqual([]);
  });

  it('only adapters import the SDK', () => {
    expect(
      violations('functions', (one, path) => isSdk(one) && !path.startsWith('functions/adapters/')),
    ).toEqual([]);
  });

  it('steps import no adapters', () => {
    expect(
      violations(
        'functions',
        (one, path) =>
          path.endsWith('/step.ts') &&
          one.target.startsWith('functions/adapters/') &&
          !one.typeOnly,
      ),
    ).toEqual([]);
  });

  it('the simulator imports nothing that it runs', () => {
    const allowed = (one: ImportStatement) =>
      one.typeOnly && one.target.startsWith('functions/core/');
    expect(violations('simulator', (one) => inFolder('functions')(one) && !allowed(one))).toEqual(
      [],
    );
  });

  it.each(['infra', 'cli'])('the simulator imports nothing from %s', (folder) => {
    expect(violations('simulator', inFolder(folder))).toEqual([]);
  });
});
