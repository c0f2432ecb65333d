import { arn } from '../../core/arns.ts';
import type { World } from '../../core/world.ts';
import { StatesError } from '../interpreter/states-error.ts';
import { machineTrust } from '../machine-trust.ts';

/**
 * The machine's role must allow the invocation; a denial is an AWSLambdaException to the workflow, as
 * public threads quote it.
 */
export function requireInvokePermission(
  world: World,
  machine: { readonly arn: string; readonly roleArn: string },
  functionName: string,
): void {
  const decision = world.services.iam.authorize({
    roleArn: machine.roleArn,
    servicePrincipal: 'states.amazonaws.com',
    action: 'lambda:InvokeFunction',
    resource: functionArn(world, functionName),
    trustContext: machineTrust(machine.arn),
  });
  if (decision.allowed) return;
  throw new StatesError(
    'Lambda.AWSLambdaException',
    `${decision.message} (Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: ${world.ids.uuid()}; Proxy: null)`,
  );
}

/** A name, `ACCOUNT:function:NAME` or an ARN, each with an optional qualifier. */
function functionArn({ identity }: World, name: string): string {
  if (name.startsWith('arn:')) return name;
  return arn(identity, 'lambda', `function:${name.replace(/^\d{12}:function:/, '')}`);
}
