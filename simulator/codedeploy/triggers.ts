import type { TriggerConfig } from '@aws-sdk/client-codedeploy';
import { AwsError } from '../core/aws-error.ts';

/** Triggers per deployment group (aws-facts 3.12). */
const triggersLimit = 10;

const deploymentEvents = [
  'DeploymentStart',
  'DeploymentSuccess',
  'DeploymentFailure',
  'DeploymentStop',
  'DeploymentRollback',
  'DeploymentReady',
];
/** Accepted and never sent: an ECS deployment has no instances. */
const instanceEvents = ['InstanceStart', 'InstanceSuccess', 'InstanceFailure', 'InstanceReady'];

/** Checks triggerConfigurations (aws-facts 3.11, 3.12). */
export function checkTriggers(triggers: readonly TriggerConfig[] = []): void {
  if (triggers.length > triggersLimit) {
    throw new AwsError(
      'TriggerTargetsLimitExceededException',
      `A deployment group has at most ${triggersLimit} triggers, not ${triggers.length}`,
    );
  }
  const names = triggers.map(({ triggerName }) => triggerName);
  if (new Set(names).size < names.length) {
    throw invalid('The names of triggers must be unique within a deployment group');
  }
  for (const { triggerName, triggerTargetArn, triggerEvents = [] } of triggers) {
    if (!triggerName) throw invalid('A trigger needs a name');
    if (!triggerTargetArn?.startsWith('arn:')) {
      throw invalid(`The target of trigger ${triggerName} must be the ARN of an SNS topic`);
    }
    if (triggerEvents.length === 0) throw invalid(`Trigger ${triggerName} names no event`);
    const unknown = triggerEvents.find(
      (event) => !deploymentEvents.includes(event) && !instanceEvents.includes(event),
    );
    if (unknown !== undefined) throw invalid(`Trigger event ${unknown} does not exist`);
  }
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidTriggerConfigException', message);
}
