import { WordError } from './split-words.ts';

export interface BaseImage {
  readonly reference: string;
  /** What the image would start with if its base had been fetched. */
  readonly environment: ReadonlyMap<string, string>;
}

const nodeImage =
  /^(?:docker\.io\/|public\.ecr\.aws\/docker\/)?(?:library\/)?node(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/**
 * Reads the words of a FROM. Only Node images: their layers are not fetched (nothing here reaches the
 * network), and the machine that runs the rehearsal supplies Node. Throws WordError.
 */
export function parseBaseImage(words: readonly string[]): BaseImage {
  const [reference = '', as, alias] = words;
  if (reference.startsWith('--')) {
    throw new WordError(`${reference} is not supported; the build's own platform applies`);
  }
  if (as !== undefined && (as.toUpperCase() !== 'AS' || alias === undefined)) {
    throw new WordError(`cannot read "${words.join(' ')}"`);
  }
  if (!nodeImage.test(reference)) {
    throw new WordError(
      `the base image "${reference}" is not supported: base layers are not fetched, so only node images can run`,
    );
  }
  const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { reference, environment: new Map([['PATH', path]]) };
}
