import type { MockInput } from '@aws-sdk/client-sfn';
import { AwsError } from '../../core/aws-error.ts';
import type { MapState, ParallelState, State } from '../definition/workflow.ts';
import { nestsTooDeeply } from '../interpreter/data-limit.ts';
import { checkMockResult } from './check-mock-result.ts';
import type { Mock } from './trial.ts';

const mockable: ReadonlySet<string> = new Set(['Task', 'Map', 'Parallel']);

/** Reads TestState's mock; refuses one that cannot be the state's result, in AWS's recorded words. */
export function requireMock(given: MockInput | undefined, state: State): Mock | undefined {
  if (!given) return undefined;
  const { result, errorOutput, fieldValidationMode = 'STRICT' } = given;
  if (!mockable.has(state.Type)) {
    throw invalid(`State type '${state.Type}' is not supported when a mock is specified`);
  }
  if (result !== undefined && errorOutput !== undefined) {
    throw invalid(
      'A test mock should have only one of the following fields: [result, errorOutput].',
    );
  }
  if (errorOutput) {
    return { kind: 'error', error: errorOutput.error, cause: errorOutput.cause };
  }
  if (result === undefined) {
    throw invalid('A test mock must have one of the following fields: [result, errorOutput].');
  }
  const parsed = parseResult(result);
  if (state.Type === 'Map') requireMapResult(state, parsed);
  if (state.Type === 'Parallel') requireBranchResults(state, parsed);
  if (state.Type === 'Task') checkMockResult(state.Resource, parsed, fieldValidationMode);
  return { kind: 'result', result: parsed };
}

function requireMapResult({ ResultWriter: writer }: MapState, result: unknown): void {
  if (writer?.Resource !== undefined) {
    const object = typeof result === 'object' && result !== null && !Array.isArray(result);
    if (!object) throw invalid('Mocked result must be a JSON object.');
  } else if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
}

function requireBranchResults({ Branches }: ParallelState, result: unknown): void {
  if (!Array.isArray(result)) throw invalid('Mocked result must be an array.');
  if (result.length === Branches.length) return;
  throw invalid(
    'Mocked result must contain the same number of items as number of Parallel branches.',
  );
}

function parseResult(result: string): unknown {
  try {
    const parsed: unknown = JSON.parse(result);
    if (!nestsTooDeeply(result)) return parsed;
  } catch {
    // Told below, with what nests too deeply.
  }
  throw invalid('The mock result must be valid JSON');
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
