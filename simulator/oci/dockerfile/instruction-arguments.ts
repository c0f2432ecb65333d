import { z } from 'zod';
import { WordError } from './split-words.ts';

const execForm = z.array(z.string()).min(1);

/** `NAME=value` words of ENV and LABEL. The old form without `=` is refused. Throws WordError. */
export function readPairs(words: readonly string[]): [string, string][] {
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at < 1) throw new WordError(`"${word}" is not of the form NAME=value`);
    return [word.slice(0, at), word.slice(at + 1)];
  });
}

/** The exec form: a JSON array of strings. The shell form would need a shell in the image. Throws WordError. */
export function readExecForm(text: string): string[] {
  const words = execForm.safeParse(parseJson(text));
  if (words.success) return words.data;
  throw new WordError(`only the exec form is supported, e.g. ["node", "server.mjs"], not ${text}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `8080` or `8080/udp`, completed to `8080/tcp`. Throws WordError. */
export function readPort(word: string): string {
  const [, port = '', protocol = 'tcp'] = /^(\d{1,5})(?:\/(tcp|udp))?$/.exec(word) ?? [];
  if (port === '' || Number(port) < 1 || Number(port) > 65_535) {
    throw new WordError(`"${word}" is not a port such as 8080 or 8080/tcp`);
  }
  return `${Number(port)}/${protocol}`;
}
