import type { PlacementConstraint } from '@aws-sdk/client-ecs';
import { AwsError } from '../../core/aws-error.ts';
import { invalidParameter } from '../service-rules.ts';
import type { ContainerInstance } from './state.ts';

const attributeTest =
  /^\s*attribute:([\w.-]+)\s+(exists|!exists|==|!=|equals|not_equals|=~|matches|in|not_in)\s*(.*?)\s*$/;

/**
 * The cluster query language as far as attributes go: `attribute:NAME` with ==, !=, =~, in, not_in, exists and
 * !exists, joined by `and` or `or` without parentheses (developer guide, "cluster query language").
 * Throws AwsError: NotImplemented for the rest of the language.
 */
export function matchesExpression(expression: string, instance: ContainerInstance): boolean {
  return expression
    .split(/\s+(?:or|\|\|)\s+/)
    .some((all) => all.split(/\s+(?:and|&&)\s+/).every((test) => holds(test, instance)));
}

function holds(test: string, { attributes }: ContainerInstance): boolean {
  const [, name = '', operator = '', argument = ''] = attributeTest.exec(test) ?? [];
  if (name === '') throw notThere(`placement expression "${test.trim()}" (only attributes)`);
  const value = attributes.get(name);
  const members = argument.replace(/^\[|\]$/g, '').split(/\s*,\s*/);
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!exists':
      return value === undefined;
    case '==':
    case 'equals':
      return value === argument;
    case '!=':
    case 'not_equals':
      return value !== undefined && value !== argument;
    case 'in':
      return value !== undefined && members.includes(value);
    case 'not_in':
      return value !== undefined && !members.includes(value);
    default:
      return value !== undefined && new RegExp(`^(?:${argument})$`).test(value);
  }
}

/** Throws AwsError for a constraint that cannot be, or is not simulated. */
export function checkConstraints(constraints: readonly PlacementConstraint[]): void {
  for (const { type, expression } of constraints) {
    if (type === 'distinctInstance') continue;
    if (type !== 'memberOf' || !expression) {
      throw invalidParameter(`Invalid placement constraint ${type ?? ''} ${expression ?? ''}.`);
    }
    checkExpression(expression);
  }
}

/** Throws AwsError UnsupportedFeatureException for what of the query language is not simulated. */
export function checkExpression(expression: string): void {
  for (const test of expression.split(/\s+(?:or|\|\||and|&&)\s+/)) {
    if (!attributeTest.test(test)) {
      throw notThere(`placement expression "${test.trim()}" (only attributes)`);
    }
  }
}

function notThere(what: string): AwsError {
  return new AwsError('NotImplemented', `Not simulated: ${what}`);
}
