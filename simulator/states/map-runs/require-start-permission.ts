import type { MapState } from '../definition/workflow.ts';
import { StatesError } from '../interpreter/states-error.ts';
import type { Visit } from '../interpreter/visit.ts';
import { machineTrust } from '../machine-trust.ts';

/**
 * A machine with a distributed Map starts its children in its own name: its role must be allowed
 * states:StartExecution on the machine itself (IAM policies for distributed Map states page).
 */
export function requireStartPermission({ run }: Visit<MapState>): void {
  const { machine } = run.execution;
  const decision = run.world.services.iam.authorize({
    roleArn: machine.roleArn,
    servicePrincipal: 'states.amazonaws.com',
    action: 'states:StartExecution',
    // A child that has a distributed Map of its own runs as `…:NAME/LABEL`.
    resource: machine.arn.replace(/\/.*$/, ''),
    trustContext: machineTrust(machine.arn),
  });
  if (decision.allowed) return;
  throw new StatesError(run.world.settings.mapRunDeniedError, decision.message);
}
