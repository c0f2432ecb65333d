import { InvalidConfigError } from '../errors.ts';

/** One step down: a member by name or an element by position. */
export type JsonPathStep = string | number;

export type ParsedJsonPath =
  | { readonly ok: true; readonly steps: readonly JsonPathStep[] }
  | { readonly ok: false; readonly message: string };

/**
 * Parses the one-value subset of JSONPath that checks use: `$`, `.member`, `[0]`, `['member']` and
 * `["member"]`, in any number. Wildcards, slices and filters select many values and are refused.
 */
export function parseJsonPath(path: string): ParsedJsonPath {
  if (!path.startsWith('$')) return refused(path, 0, '$');
  const step = /\.([\p{L}_][\p{L}\p{N}_-]*)|\[(0|[1-9]\d*)\]|\['([^']*)'\]|\["([^"]*)"\]/uy;
  const steps: JsonPathStep[] = [];
  let offset = 1;
  while (offset < path.length) {
    step.lastIndex = offset;
    const match = step.exec(path);
    if (match === null) return refused(path, offset, `.member, [0] or ['member']`);
    const [, member, position, singleQuoted, doubleQuoted] = match;
    steps.push(position === undefined ? (member ?? singleQuoted ?? doubleQuoted ?? '') : +position);
    offset = step.lastIndex;
  }
  return { ok: true, steps };
}

/**
 * The value at `path`, undefined where nothing is; a JSON null stays null. Throws InvalidConfigError
 * for a malformed path.
 */
export function readJsonPath(value: unknown, path: string): unknown {
  const parsed = parseJsonPath(path);
  if (!parsed.ok) throw new InvalidConfigError(`JSON path ${parsed.message}`);
  return parsed.steps.reduce(descend, value);
}

function descend(value: unknown, step: JsonPathStep): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  if (typeof step === 'number') return undefined;
  return Object.getOwnPropertyDescriptor(value, step)?.value;
}

function refused(path: string, offset: number, expected: string): ParsedJsonPath {
  const rest = offset < path.length ? `"${path.slice(offset)}"` : 'its end';
  return {
    ok: false,
    message: `"${path}" cannot be read at ${rest} (character ${offset + 1}), expected ${expected}`,
  };
}
