import type { ProblemPath } from './locate.ts';
import { memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { regularExpressionIssues } from './regular-expression-rules.ts';

/** Mistakes in an expectation about a text or a JSON value, however it is spelled. */
export function expectationIssues(path: ProblemPath, value: unknown): ConfigIssue[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  if (Object.keys(value).length === 0) {
    return [{ path, message: 'expects nothing, give it at least one member such as equals' }];
  }
  return [
    ...regularExpressionIssues([...path, 'matches'], memberAt(value, 'matches')),
    ...absenceIssues(path, value),
    ...orderIssues(path, value),
    ...typeIssues(path, value),
  ];
}

/** What is not there has no further properties. */
function absenceIssues(path: ProblemPath, value: object): ConfigIssue[] {
  if (memberAt(value, 'exists') !== false) return [];
  return Object.keys(value).flatMap((name) =>
    name === 'exists'
      ? []
      : [
          {
            path: [...path, name],
            message: 'is expected of what exists: false expects not to be there',
          },
        ],
  );
}

const pairs = [
  ['atLeast', 'atMost', true],
  ['atLeast', 'below', false],
  ['above', 'atMost', false],
  ['above', 'below', false],
  ['minLength', 'maxLength', true],
  ['minBytes', 'maxBytes', true],
] as const;

/** Bounds that no number can keep. */
function orderIssues(path: ProblemPath, value: object): ConfigIssue[] {
  return pairs.flatMap(([low, high, mayBeEqual]) => {
    const least = memberAt(value, low);
    const most = memberAt(value, high);
    if (typeof least !== 'number' || typeof most !== 'number') return [];
    if (least < most || (mayBeEqual && least === most)) return [];
    const relation = least === most ? 'which is also' : 'more than';
    const message = `is ${least}, ${relation} ${high} ${most}: no number can be both`;
    return [{ path: [...path, low], message }];
  });
}

const typesOf: Readonly<Record<string, readonly string[]>> = {
  matches: ['string'],
  contains: ['string', 'array'],
  atLeast: ['number', 'integer'],
  atMost: ['number', 'integer'],
  above: ['number', 'integer'],
  below: ['number', 'integer'],
  minLength: ['string', 'array'],
  maxLength: ['string', 'array'],
};

/** Rules that no value of the expected type can keep. */
function typeIssues(path: ProblemPath, value: object): ConfigIssue[] {
  const type = memberAt(value, 'type');
  if (typeof type !== 'string') return [];
  return Object.entries(typesOf).flatMap(([name, types]) => {
    if (memberAt(value, name) === undefined || types.includes(type)) return [];
    const message = `needs a value of type ${types.join(' or ')}, but type ${type} is expected`;
    return [{ path: [...path, name], message }];
  });
}
