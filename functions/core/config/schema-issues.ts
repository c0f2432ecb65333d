import type { z } from 'zod';
import { knownMembers } from './known-members.ts';
import type { ProblemPath } from './locate.ts';
import { memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { similarName } from './similar-name.ts';
import { misplacedMember } from './target-rules.ts';

type SchemaIssue = z.core.$ZodIssue;

/** The schema's complaints in our words, one for each mistake. `value` is what was parsed. */
export function schemaIssues(issues: readonly SchemaIssue[], value: unknown): ConfigIssue[] {
  return issues.flatMap((issue) => toIssues(issue, value));
}

function toIssues(issue: SchemaIssue, root: unknown): ConfigIssue[] {
  const path: ProblemPath = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const object = path.reduce<unknown>(memberAt, root);
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: misplacedMember(path, key, object) ?? unknownMember(path, key),
    }));
  }
  const value = path.reduce<unknown>(memberAt, root);
  const inside = issuesInside(issue, value);
  if (inside.length > 0) {
    return inside.flatMap((one) =>
      toIssues({ ...one, path: [...issue.path, ...one.path] } as SchemaIssue, root),
    );
  }
  const wanted = expected(issue);
  if (wanted === undefined) return [{ path, message: plain(issue) }];
  return [
    {
      path,
      message:
        value === undefined
          ? `is missing, expected ${wanted}`
          : `is ${quote(value)}, expected ${wanted}${quotation(value, wanted)}`,
    },
  ];
}

/** YAML tells a number or true from text by its looks, so that quotes are all that is wrong. */
function quotation(value: unknown, wanted: string): string {
  const plainNumber = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value);
  if (wanted === 'text' && ['number', 'boolean'].includes(typeof value)) {
    return ': put it in quotes';
  }
  return plainNumber && /^a (?:whole )?number$/.test(wanted) ? ', without quotes' : '';
}

function unknownMember(path: ProblemPath, key: string): string {
  const meant = similarName(key, knownMembers(path));
  return `is not a known member${meant === undefined ? '' : `, did you mean ${meant}?`}`;
}

/** A map or list that a union does not take is told what is wrong with it as the member that it resembles most. */
function issuesInside(issue: SchemaIssue, value: unknown): readonly SchemaIssue[] {
  if (issue.code !== 'invalid_union' || 'options' in issue) return [];
  if (typeof value !== 'object' || value === null) return [];
  const alike = issue.errors.filter(
    (branch) =>
      !branch.some(
        (one) =>
          one.path.length === 0 &&
          (one.code === 'invalid_type' ||
            (one.code === 'invalid_union' && issuesInside(one, value).length === 0)),
      ),
  );
  const [first, ...others] = alike.filter((branch) => branch.length > 0);
  if (first === undefined) return [];
  return others.reduce((least, branch) => (branch.length < least.length ? branch : least), first);
}

/** What the schema wants in this place; undefined where zod's own message says it better. */
function expected(issue: SchemaIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kindNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'invalid_union': {
      if ('options' in issue && Array.isArray(issue.options)) {
        // A discriminator that may be left out counts as one of its own values.
        return issue.options.filter((option) => option !== undefined).join(' or ');
      }
      const branches = issue.errors.flatMap((branch) => branch.slice(0, 1).map(expected));
      const known = branches.filter((branch) => branch !== undefined);
      return known.length === 0 ? undefined : [...new Set(known)].join(' or ');
    }
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `at most ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'starts_with' && 'prefix' in issue
        ? `text that starts with "${issue.prefix}"`
        : issue.message.replace(/^must be /, '');
    default:
      return undefined;
  }
}

function plain(issue: SchemaIssue): string {
  const inner = issue.code === 'invalid_key' ? issue.issues[0] : undefined;
  const wanted = inner === undefined ? undefined : expected(inner);
  return wanted === undefined ? issue.message : `is not a valid key, expected ${wanted}`;
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'null',
};

function unit(origin: string): string {
  if (origin === 'array') return ' item(s)';
  return origin === 'string' ? ' character(s)' : '';
}

function quote(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
