import { build, type Plugin } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { spellOutSchemaKeys, withPlainKeys } from '../../infra/bundling/spell-out-schema-keys.ts';
import { repositoryRoot } from '../architecture/source-files.ts';

describe('withPlainKeys', () => {
  const constants = 'const _a = "one";\nconst _b = "two words";\nconst _n = 7;\n';

  it.each([
    ['{ [_a]: _b, [_b]: 1 }', '{ "one": _b, "two words": 1 }'],
    ['{ [_n]: 1, [_other]: 2 }', '{ [_n]: 1, [_other]: 2 }'],
    ['[_a, [_b]]', '[_a, [_b]]'],
  ])('writes %s as %s', (text, plain) => {
    expect(withPlainKeys(`${constants}${text}`)).toBe(`${constants}${plain}`);
  });

  it('keeps a key that would set the prototype', () => {
    const text = 'const _p = "__proto__";\n({ [_p]: 1 })';
    expect(withPlainKeys(text)).toBe(text);
  });
});

describe('spellOutSchemaKeys', () => {
  async function bytesOfSchemas(plugins: Plugin[]): Promise<number> {
    const contents = "export { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';";
    const { metafile } = await build({
      stdin: { contents, resolveDir: repositoryRoot },
      bundle: true,
      platform: 'node',
      format: 'esm',
      mainFields: ['module', 'main'],
      minify: true,
      metafile: true,
      write: false,
      outfile: 'out.mjs',
      plugins,
    });
    const inputs = Object.values(metafile.outputs).flatMap((output) =>
      Object.entries(output.inputs),
    );
    return inputs
      .filter(([path]) => path.includes('client-ec2/dist-es/schemas/'))
      .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  }

  it('leaves in a bundle only the schemas of the operations that it calls', async () => {
    expect(await bytesOfSchemas([])).toBeGreaterThan(300_000);
    expect(await bytesOfSchemas([spellOutSchemaKeys])).toBeLessThan(30_000);
  });
});
