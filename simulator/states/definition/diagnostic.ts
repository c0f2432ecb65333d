import type { ValidateStateMachineDefinitionDiagnostic } from '@aws-sdk/client-sfn';

/** What is wrong with a definition, in the shape ValidateStateMachineDefinition answers. */
export type Diagnostic = ValidateStateMachineDefinitionDiagnostic & {
  readonly code: string;
  readonly message: string;
  /** Missing where there is nothing to point at. */
  readonly location?: string;
};

export function problem(code: string, message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code, message, location };
}

/** A rule of our own: something that AWS would take and the simulator does not model. */
export function unmodelled(message: string, location: string): Diagnostic {
  return problem('NOT_MODELLED', `${message} (not modelled by the simulator)`, location);
}
