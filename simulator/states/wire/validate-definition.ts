import type {
  ValidateStateMachineDefinitionCommandInput,
  ValidateStateMachineDefinitionCommandOutput,
} from '@aws-sdk/client-sfn';
import { operation } from '../../wire/operation.ts';
import { diagnose } from '../definition/parse-definition.ts';

const defaultDiagnostics = 100;

/** Only errors are ever found, so the wished-for severity makes no difference. */
export const validateDefinition = operation<
  ValidateStateMachineDefinitionCommandInput,
  ValidateStateMachineDefinitionCommandOutput
>(['definition', 'type', 'severity', 'maxResults'], ({ definition = '', type, maxResults = 0 }) => {
  const found = diagnose(definition, type);
  const limit = maxResults || defaultDiagnostics;
  return {
    result: found.length === 0 ? 'OK' : 'FAIL',
    diagnostics: found.slice(0, limit),
    truncated: found.length > limit,
  };
});
