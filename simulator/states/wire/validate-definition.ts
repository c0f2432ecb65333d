import type {
  ValidateStateMachineDefinitionCommandInput,
  ValidateStateMachineDefinitionCommandOutput,
} from '@aws-sdk/client-sfn';
import { operation } from '../../wire/operation.ts';
import { warnings } from '../definition/check-warnings.ts';
import { diagnose } from '../definition/parse-definition.ts';

const defaultDiagnostics = 100;

/** Warnings are shown to who asks for them, and never make a definition fail. */
export const validateDefinition = operation<
  ValidateStateMachineDefinitionCommandInput,
  ValidateStateMachineDefinitionCommandOutput
>(
  ['definition', 'type', 'severity', 'maxResults'],
  ({ definition = '', type, severity = 'ERROR', maxResults = 0 }) => {
    const errors = diagnose(definition, type);
    const found = severity === 'WARNING' ? [...errors, ...warnings(definition)] : errors;
    const limit = maxResults || defaultDiagnostics;
    return {
      result: errors.length === 0 ? 'OK' : 'FAIL',
      diagnostics: found.slice(0, limit),
      truncated: found.length > limit,
    };
  },
);
