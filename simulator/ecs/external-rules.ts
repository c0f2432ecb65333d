import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs';
import { checkDesiredCount, daemonRefusal, invalidParameter } from './service-rules.ts';

/** What an EXTERNAL service keeps on its task sets and therefore refuses for itself (API reference, CreateService). */
const ofTaskSets = [
  'taskDefinition',
  'launchType',
  'capacityProviderStrategy',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'networkConfiguration',
] as const;

/** Only the name is required; what belongs to task sets is refused. Throws AwsError. */
export function checkExternalService(input: CreateServiceCommandInput): void {
  if (!input.serviceName || !/^[a-zA-Z0-9_-]{1,255}$/.test(input.serviceName)) {
    throw invalidParameter(`Invalid service name '${input.serviceName ?? ''}'.`);
  }
  if ((input.schedulingStrategy ?? 'REPLICA') !== 'REPLICA') {
    throw invalidParameter(daemonRefusal('EXTERNAL'));
  }
  // Measured by badmintoncryer/cdk-preflight (rules pf-ecs-svc-external-*).
  if (input.taskDefinition) throw invalidParameter('TaskDefinition must be blank.');
  if (isGiven(input.loadBalancers)) throw invalidParameter('LoadBalancers must be empty or null.');
  refuse(ofTaskSets.find((member) => isGiven(input[member])));
  checkDesiredCount(input.desiredCount);
}

/** Desired count, grace period, placement and tag options may change, the rest lives in task sets (aws-facts 2.3). */
export function checkExternalUpdate(input: UpdateServiceCommandInput): void {
  refuse(
    ([...ofTaskSets, 'forceNewDeployment'] as const).find(
      (member) => member in input && isGiven(input[member as keyof UpdateServiceCommandInput]),
    ),
  );
  checkDesiredCount(input.desiredCount);
}

function refuse(member: string | undefined): void {
  if (member === undefined) return;
  throw invalidParameter(
    `${member} cannot be specified on services with an EXTERNAL deployment controller. Specify it on the task set.`,
  );
}

function isGiven(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
