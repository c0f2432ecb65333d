import type { Simulator } from '../../simulator/simulator.ts';

/** IAM prefixes where they differ from the names of the SDK clients. */
const iamPrefixes: Readonly<Record<string, string>> = {
  'application-auto-scaling': 'application-autoscaling',
  'elastic-load-balancing-v2': 'elasticloadbalancing',
  'secrets-manager': 'secretsmanager',
  sfn: 'states',
};

/** IAM actions where they differ from the API operation. */
const iamActions: Readonly<Record<string, string>> = { 's3:ListObjectsV2': 's3:ListBucket' };

/**
 * `function: action` for every call that a function made and none of its role's statements names. Judges
 * actions only; resources and conditions wait for IAM enforcement in the simulator.
 */
export function ungrantedCalls({ world, models }: Simulator): string[] {
  const missing = new Set<string>();
  for (const { caller, service, operation } of world.journal.of('api.called')) {
    if (caller === 'user') continue;
    const call = `${iamPrefixes[service] ?? service}:${operation}`;
    const action = iamActions[call] ?? call;
    if (!isGranted(models, caller, action)) missing.add(`${caller}: ${action}`);
  }
  return [...missing].sort();
}

function isGranted(models: Simulator['models'], functionName: string, action: string): boolean {
  const { role } = models.lambda.functions.get(functionName).definition;
  const statements = models.iam.statementsOf(role);
  return statements.some(
    ({ Effect, Action = [] }) => Effect === 'Allow' && Action.includes(action),
  );
}
