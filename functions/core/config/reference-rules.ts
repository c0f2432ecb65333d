import { type Reference, referencesIn } from '../probe/references.ts';
import type { ProblemPath } from './locate.ts';
import { itemsOf, memberAt, membersOf } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** A text in which `${...}` is replaced, and what earlier steps have captured by then. */
interface ReferringText {
  readonly path: ProblemPath;
  readonly text: string;
  readonly captured: readonly string[];
}

/** References to what does not exist, and secrets that nothing refers to; paths start at the check. */
export function referenceIssues(check: unknown): ConfigIssue[] {
  const texts = referringTexts(check);
  const declared = membersOf(memberAt(check, 'secrets')).map(([name]) => name);
  const used = new Set<string>();
  const issues = texts.flatMap(({ path, text, captured }) =>
    referencesIn(text).flatMap((reference) => {
      if (reference.kind === 'secret') used.add(reference.name);
      const message = wrong(reference, declared, captured);
      return message === undefined ? [] : [{ path, message }];
    }),
  );
  // A check of the user's own gets its secrets by hand.
  const unused =
    memberAt(check, 'type') === 'custom' ? [] : declared.filter((name) => !used.has(name));
  return [
    ...issues,
    ...unused.map((name) => ({
      path: ['secrets', name],
      message: `is never used: nothing in the check says \${secrets.${name}}`,
    })),
  ];
}

function wrong(
  reference: Reference,
  declared: readonly string[],
  captured: readonly string[],
): string | undefined {
  const { kind, text } = reference;
  switch (kind) {
    case 'deployment-id':
      return undefined;
    case 'secret':
      return declared.includes(reference.name)
        ? undefined
        : `refers to ${text}, but secrets of this check declare ${list(declared)}`;
    case 'captured':
      return captured.includes(reference.name)
        ? undefined
        : `refers to ${text}, but steps before it capture ${list(captured)}`;
    case 'unknown':
      return `refers to ${text}, expected \${secrets.NAME}, \${captured.NAME} or \${deployment.id}; write $\${ for the characters themselves`;
  }
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}

const members = ['path', 'headers', 'body', 'send', 'expect'];

function referringTexts(check: unknown): ReferringText[] {
  const own = textsOfMembers(check, [], []);
  const paths = itemsOf(memberAt(check, 'paths')).flatMap((one, index) =>
    typeof one === 'string'
      ? [{ path: ['paths', index], text: one, captured: [] }]
      : textsOfMembers(one, ['paths', index], []),
  );
  const captured: string[] = [];
  const steps = itemsOf(memberAt(check, 'steps')).flatMap((step, index) => {
    const texts = textsOfMembers(step, ['steps', index], [...captured]);
    captured.push(...membersOf(memberAt(step, 'capture')).map(([name]) => name));
    return texts;
  });
  return [...own, ...paths, ...steps];
}

function textsOfMembers(
  value: unknown,
  path: ProblemPath,
  captured: readonly string[],
): ReferringText[] {
  return members.flatMap((member) =>
    textsIn(memberAt(value, member), [...path, member]).map((text) => ({ ...text, captured })),
  );
}

/** Texts below a value; names of members are none, and a JSON Schema is taken as it is. */
function textsIn(value: unknown, path: ProblemPath): Omit<ReferringText, 'captured'>[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  return membersOf(value).flatMap(([name, member]) =>
    name === 'jsonSchema' && path.at(-1) === 'expect' ? [] : textsIn(member, [...path, name]),
  );
}
