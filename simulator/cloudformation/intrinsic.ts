/** A CloudFormation intrinsic function call: an object with exactly one key that names it. */
export interface Intrinsic {
  readonly name: string;
  readonly argument: unknown;
}

export function asIntrinsic(value: unknown): Intrinsic | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length !== 1 || name === undefined) return undefined;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

/** `Fn::GetAtt` takes a pair or `LogicalId.Attribute`; the attribute may contain dots itself. */
export function getAttTarget(
  argument: unknown,
): { logicalId: string; attribute: unknown } | undefined {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    if (dot < 1) return undefined;
    return { logicalId: argument.slice(0, dot), attribute: argument.slice(dot + 1) };
  }
  if (!Array.isArray(argument) || argument.length !== 2) return undefined;
  const [logicalId, attribute] = argument as unknown[];
  return typeof logicalId === 'string' ? { logicalId, attribute } : undefined;
}

export interface SubTemplate {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Both forms of `Fn::Sub`: a text, or a text with variables of its own. */
export function subTemplate(argument: unknown): SubTemplate | undefined {
  if (typeof argument === 'string') return { text: argument, variables: {} };
  if (!Array.isArray(argument) || argument.length !== 2) return undefined;
  const [text, variables] = argument as unknown[];
  if (typeof text !== 'string' || typeof variables !== 'object' || variables === null) {
    return undefined;
  }
  return { text, variables: variables as Record<string, unknown> };
}

/** `${Name}` and `${LogicalId.Attribute}`; `${!Literal}` stands for `${Literal}`. */
const placeholder = /\$\{(!?)\s*([^${}!]+?)\s*\}/g;

export function placeholders(text: string): string[] {
  return [...text.matchAll(placeholder)].flatMap(([, literal, name]) =>
    literal || name === undefined ? [] : [name],
  );
}

export function replacePlaceholders(text: string, value: (name: string) => string): string {
  return text.replaceAll(placeholder, (_whole, literal: string, name: string) =>
    literal ? `\${${name}}` : value(name),
  );
}
