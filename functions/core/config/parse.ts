import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { configIssues } from './cross-field-rules.ts';
import { locate, type ProblemPath } from './locate.ts';
import { type Config, configSchema } from './schema.ts';
import { schemaIssues } from './schema-issues.ts';
import { nestsDeeperThan } from './yaml-nesting.ts';

/** One mistake in the file. `line` and `column` count from 1. */
export interface ConfigProblem {
  /** E.g. `services[0].image.tags`; empty for the text as such. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface RefusedConfig {
  readonly ok: false;
  readonly fileName: string;
  /** In the order of the file. */
  readonly problems: readonly ConfigProblem[];
}

export type ParsedConfig = { readonly ok: true; readonly config: Config } | RefusedConfig;

/** A mistake before it is located in the text. */
export interface ConfigIssue {
  readonly path: ProblemPath;
  readonly message: string;
}

/** Far more than a thousand services take. */
const mostBytes = 1_048_576;
/** A configuration takes a dozen. */
const mostLevels = 200;

/** Without warnings, because what is wrong is told as problems, in our words, and not on stderr by the parser. */
const yamlOptions = { prettyErrors: false, merge: true, logLevel: 'error' } as const;

/**
 * Parses greengate.yaml and reports all mistakes at once: YAML syntax, unknown and malformed members, and
 * what only several members together show. For the build and the command line; no handler imports it.
 */
export function parseConfig(text: string, fileName: string): ParsedConfig {
  const tooMuch = excessOf(text);
  if (tooMuch !== undefined) {
    return { ok: false, fileName, problems: [{ path: '', line: 1, column: 1, message: tooMuch }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { ...yamlOptions, lineCounter: lines });
  const syntax = syntaxProblems(document, lines);
  const refused = (problems: readonly ConfigProblem[]): RefusedConfig => ({
    ok: false,
    fileName,
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  });
  const plain = plainValue(document);
  if (!plain.ok) return refused(syntax.length > 0 ? syntax : [plain.problem]);

  const { value } = plain;
  if (value === null && syntax.length === 0) {
    const message =
      'is empty, expected a map with services; docs/reference/configuration.md shows one';
    return refused([{ path: '', line: 1, column: 1, message }]);
  }
  const parsed = configSchema.safeParse(value);
  if (parsed.success && syntax.length === 0 && configIssues(value).length === 0) {
    return { ok: true, config: parsed.data };
  }
  const issues = [
    ...(parsed.success ? [] : schemaIssues(parsed.error.issues, value)),
    ...configIssues(value),
  ];
  const breakOffset = firstBreak(document, lines);
  const located = issues.flatMap(({ path, message }) => {
    const { line, column, endOffset } = locate(document, lines, path);
    // What is missing, or touches the text after a syntax error, may be no more than its consequence.
    return endOffset > breakOffset ? [] : [{ path: renderPath(path), line, column, message }];
  });
  return refused([...syntax, ...located]);
}

/** What makes a text too much to be read at all; undefined for any other. */
function excessOf(text: string): string | undefined {
  const { length } = new TextEncoder().encode(text);
  if (length > mostBytes) return `is ${length} bytes, expected at most ${mostBytes}`;
  if (!nestsDeeperThan(text, mostLevels)) return undefined;
  return `is nested more than ${mostLevels} levels deep; docs/reference/configuration.md shows what a configuration holds`;
}

/** The text as plain data, whatever its mistakes; undefined where YAML breaks, as nothing behind that is certain. */
export function looseConfig(text: string): unknown {
  if (excessOf(text) !== undefined) return undefined;
  const document = parseDocument(text, yamlOptions);
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY')) return undefined;
  const plain = plainValue(document);
  return plain.ok ? plain.value : undefined;
}

/** Mistakes that were found elsewhere (a file that is missing, say), located in the text they came from. */
export function refuseConfig(
  text: string,
  fileName: string,
  issues: readonly ConfigIssue[],
): RefusedConfig {
  // Who refuses nothing need not locate it, in a text that may be too much to be read.
  if (issues.length === 0) return { ok: false, fileName, problems: [] };
  const lines = new LineCounter();
  const document = parseDocument(text, { ...yamlOptions, lineCounter: lines });
  const problems = issues.map(({ path, message }) => {
    const { line, column } = locate(document, lines, path);
    return { path: renderPath(path), line, column, message };
  });
  return {
    ok: false,
    fileName,
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** One line for each problem: `greengate.yaml:7:5 services[0].image.tags: …`. */
export function renderProblems({ fileName, problems }: RefusedConfig): string {
  return problems
    .map(({ path, line, column, message }) => {
      const place = `${fileName}:${line}:${column}`;
      return path === '' ? `${place} ${message}` : `${place} ${path}: ${message}`;
    })
    .join('\n');
}

const quotes = 'a text that begins with * needs quotes';

/** In our words where the parser speaks of YAML, and the person thought of something else. */
const plainer: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS:
    'a second document begins here (---), expected one: take the line out, or split the file',
  BAD_ALIAS: quotes,
  DUPLICATE_KEY: 'is a member that this map has already: keep one of the two',
};

function syntaxProblems(document: Document.Parsed, lines: LineCounter): ConfigProblem[] {
  const problems = [...document.errors, ...document.warnings].map(({ code, pos, message }) => ({
    offset: pos[0],
    message: plainer[code] ?? message,
  }));
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return;
      problems.push({
        offset: alias.range?.[0] ?? 0,
        message: `alias *${alias.source} has no anchor &${alias.source} before it; ${quotes}`,
      });
    },
  });
  const located = problems.map(({ offset, message }) => {
    const { line, col } = lines.linePos(offset);
    return { path: '', line: Math.max(line, 1), column: Math.max(col, 1), message };
  });
  // One slip, such as a tab, confuses the parser several times over.
  return located.filter(({ line }, at) => located.findIndex((one) => one.line === line) === at);
}

/** Start of the line from which on the tree cannot be trusted. A key given twice breaks nothing. */
function firstBreak(document: Document.Parsed, lines: LineCounter): number {
  const offsets = document.errors
    .filter(({ code }) => code !== 'DUPLICATE_KEY')
    .map(({ pos: [offset] }) => offset - lines.linePos(offset).col + 1);
  return Math.min(Number.POSITIVE_INFINITY, ...offsets);
}

type PlainValue =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: ConfigProblem };

/** The text as plain data, null for an empty file; aliases without anchor or without end stand in the way. */
function plainValue(document: Document.Parsed): PlainValue {
  try {
    return { ok: true, value: document.toJS() ?? null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: { path: '', line: 1, column: 1, message } };
  }
}

function renderPath(path: ProblemPath): string {
  return path.reduce<string>((rendered, key) => {
    if (typeof key === 'number') return `${rendered}[${key}]`;
    if (!/^[A-Za-z_][\w-]*$/.test(key)) return `${rendered}[${JSON.stringify(key)}]`;
    return rendered === '' ? key : `${rendered}.${key}`;
  }, '');
}
