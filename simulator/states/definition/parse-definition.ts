import type { StateMachineType } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import { nestsTooDeeply, tooDeep } from '../interpreter/data-limit.ts';
import { checkChoice } from './check-choice.ts';
import { checkExpress } from './check-express.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkFields, checkTopFields } from './check-fields.ts';
import { checkMap } from './check-map.ts';
import { checkNames } from './check-names.ts';
import { checkPaths } from './check-paths.ts';
import { checkQueryLanguage } from './check-query-language.ts';
import { checkRecovery } from './check-recovery.ts';
import { checkTask } from './check-task.ts';
import { checkTransitions } from './check-transitions.ts';
import { checkVariableScopes } from './check-variable-scopes.ts';
import { type Diagnostic, problem } from './diagnostic.ts';
import { isObject, locatedStates } from './located-states.ts';
import type { Workflow } from './workflow.ts';

/** Longest definition, characters of JSON text. */
const longestDefinition = 1_048_576;

/** Everything that keeps a definition from being created, most telling first; empty when sound. */
export function diagnose(text: string, type: StateMachineType = 'STANDARD'): Diagnostic[] {
  if (text.length > longestDefinition) {
    return [problem('SCHEMA_VALIDATION_FAILED', 'Definition is longer than 1 MB', '/')];
  }
  if (text === '') {
    const message = 'Definition must be a valid JSON object';
    return [{ severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message }];
  }
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    return [problem('INVALID_JSON_DESCRIPTION', (error as Error).message, '/')];
  }
  if (nestsTooDeeply(text)) {
    return [problem('INVALID_JSON_DESCRIPTION', `Definition is ${tooDeep}`, '/')];
  }
  if (!isObject(definition)) {
    return [problem('INVALID_JSON_DESCRIPTION', 'Definition must be a JSON object', '/')];
  }
  const missing = ['States', 'StartAt'].filter((field) => !(field in definition));
  if (missing.length > 0) {
    // Words and order as recorded.
    const message = `These fields are required: [${missing.join(', ')}]`;
    return [problem('SCHEMA_VALIDATION_FAILED', message, '/')];
  }
  const states = locatedStates(definition);
  const language = checkQueryLanguage(definition, states);
  const shape = [
    ...language,
    ...checkTopFields(definition),
    ...[checkFields, checkChoice, checkRecovery].flatMap((check) => states.flatMap(check)),
  ];
  const names = [...checkNames(states), ...checkTransitions(definition)];
  // What a field holds is read once its language is known.
  if (language.length > 0) return [...shape, ...names];
  const contents = [checkExpressions, checkPaths, checkTask, checkMap].flatMap((check) =>
    states.flatMap(check),
  );
  const express = type === 'EXPRESS' ? states.flatMap(checkExpress) : [];
  return [...shape, ...contents, ...checkVariableScopes(definition), ...express, ...names];
}

/** JSON text to workflow; throws AwsError InvalidDefinition. */
export type ParseDefinition = (text: string, type: StateMachineType) => Workflow;

/** The definition as a workflow; throws InvalidDefinition with every diagnostic. */
export function parseDefinition(text: string, type: StateMachineType = 'STANDARD'): Workflow {
  const problems = diagnose(text, type);
  if (problems.length === 0) return JSON.parse(text) as Workflow;
  const list = problems.map(
    // A diagnostic without a location reads so on AWS (floci-io/floci issue 2735).
    ({ code, message, location = null }) => `${code}: ${message} at ${location}`,
  );
  throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${list.join(', ')}'`);
}
