import jsonata from 'jsonata';
import { expressionNestsTooDeeply, isStackOverflow } from '../../core/json-nesting.ts';
import { type Diagnostic, problem } from './diagnostic.ts';

/** The nodes of a parsed expression, as far as they are looked at. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [part: string]: unknown;
}

const tooDeep = 'nested too deeply';

/**
 * An expression must parse and read its data from `$states` or a variable: nothing else is in its
 * context, and AWS refuses what would read from there (floci-io/floci, recorded answers).
 */
export function checkJsonata(expression: string, location: string): Diagnostic[] {
  const refused = (reason: string) => [problem('INVALID_JSONATA_EXPRESSION', reason, location)];
  if (expressionNestsTooDeeply(expression)) return refused(tooDeep);
  try {
    const parsed = jsonata(expression).ast() as unknown as Node;
    return unsupported(parsed).map((what) =>
      problem('UNSUPPORTED_JSONATA_EXPRESSION', `${what} is not supported.`, location),
    );
  } catch (error) {
    const { message } = error as { message?: string };
    return refused(isStackOverflow(error) ? tooDeep : (message ?? 'cannot be parsed'));
  }
}

function unsupported(parsed: Node): string[] {
  const names = [...new Set(namesAtTop(parsed))];
  return [
    ...names.map((name) => `Reference to '${name}' at the top level`),
    ...(readsRoot(parsed) ? ["Reference to '$$'"] : []),
  ];
}

/** Parts of a node that are evaluated where the node is; the others have items of their own. */
const sameContext = [
  'lhs',
  'rhs',
  'expression',
  'expressions',
  'arguments',
  'procedure',
  'condition',
  'then',
  'else',
  'body',
  'update',
];

function namesAtTop(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesAtTop);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value, steps, arguments: args, body, pattern } = node as Node;
  switch (type) {
    case 'name':
      return [String(value)];
    case 'path':
      return Array.isArray(steps) ? namesAtTop(steps[0]) : [];
    case 'lambda':
      return namesAtTop(body);
    case 'transform':
      return namesAtTop(pattern);
    case 'function':
    case 'partial':
      return namesAtTop([args, (node as Node).procedure]);
    default:
      return sameContext.flatMap((part) => namesAtTop((node as Node)[part]));
  }
}

function readsRoot(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(readsRoot);
  if (typeof node !== 'object' || node === null) return false;
  const { type, value } = node as Node;
  return (type === 'variable' && value === '$') || Object.values(node).some(readsRoot);
}
