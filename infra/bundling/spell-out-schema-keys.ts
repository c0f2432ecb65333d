import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Generated, one for each client of the SDK: `const _xN = "xmlName";` and `{ [_xN]: _m }`. */
const schemaModule = /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;

/**
 * Writes names in place of the constants that SDK schemas use as computed keys. For esbuild a computed key may run
 * code, so it keeps every schema that has one, used or not: of EC2's client 550 kB instead of 12. With plain keys a
 * bundle has only the schemas of the operations that it calls.
 */
export const spellOutSchemaKeys: Plugin = {
  name: 'spell-out-schema-keys',
  setup(build) {
    build.onLoad({ filter: schemaModule }, async ({ path }) => ({
      contents: withPlainKeys(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/** Keys of constants that the text does not declare as text stay as they are. */
export function withPlainKeys(text: string): string {
  const declared = text.matchAll(/^const (_\w+) = ("(?:[^"\\\n]|\\.)*");$/gm);
  const names = new Map([...declared].map(([, constant = '', name = '']) => [constant, name]));
  // `"__proto__": …` would set the prototype where `["__proto__"]: …` makes a member.
  return text.replace(/\[(_\w+)\]:/g, (key, constant: string) => {
    const name = names.get(constant);
    return name === undefined || name === '"__proto__"' ? key : `${name}:`;
  });
}
