import { digestRule, serviceRule, tagRule } from '../../functions/core/events/text-rules.ts';
import { parseHandRequest } from '../../functions/core/workflow/hand-request.ts';
import { UsageError } from '../terminal/run-command.ts';
import { withoutRegistry } from './parse-image.ts';

/** Input of an execution that a person starts. */
export type HandInput =
  | { readonly service: string; readonly action: 'rollback' }
  | { readonly service: string; readonly image: string };

/** A person's way to say which image. */
export interface ImageWords {
  /** `--to` or `--image`. */
  readonly flag: string;
  readonly text: string;
}

/**
 * Reads what is to be released: `REPOSITORY:TAG`, `REPOSITORY@sha256:…`, or a tag or digest alone, which `repository` is
 * asked for; a registry's host in front is left out. Without words it is the release before the one that runs. Throws UsageError.
 */
export function handInput(
  service: string,
  words: ImageWords | undefined,
  repository: () => string,
): HandInput {
  if (!serviceRule.pattern.test(service)) {
    throw new UsageError(`--service takes ${serviceRule.expected}, got "${service}"`);
  }
  if (words === undefined) return { service, action: 'rollback' };
  const input = { service, image: imageOf(words.text, repository) };
  try {
    parseHandRequest(input);
  } catch {
    throw new UsageError(
      `${words.flag} takes TAG, sha256:…, REPOSITORY:TAG or REPOSITORY@sha256:…, got "${words.text}"`,
    );
  }
  return input;
}

function imageOf(text: string, repository: () => string): string {
  if (digestRule.pattern.test(text)) return `${repository()}@${text}`;
  return tagRule.pattern.test(text) ? `${repository()}:${text}` : withoutRegistry(text);
}

/** What a person is asked about, and told. */
export function inWords(input: HandInput): string {
  return 'image' in input
    ? `release ${input.image} to ${input.service}`
    : `roll ${input.service} back to the release before the one that runs`;
}

/**
 * A name for the execution, so that a request whose answer is lost starts no second one when it is repeated
 * (StartExecution, Step Functions API reference).
 */
export function handExecutionName(service: string, nowMs: number, random: string): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${service}-by-hand-${stamp}-${random}`;
}
