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

/**
 * Checks triggerConfigurations (aws-facts 3.11, 3.12); topics must be in the group's Region. Sentences as
 * badmintoncryer/cdk-preflight measured them with AWS (rules pf-codedeploy-dg-trigger*).
 */
export function checkTriggers(triggers: readonly TriggerConfig[] = [], region: string): void {
  if (triggers.length > triggersLimit) {
    throw new AwsError(
      'TriggerTargetsLimitExceededException',
      `Deployment Groups cannot contain more than ${triggersLimit} TriggerTargets.`,
    );
  }
  if (repeats(triggers.map(({ triggerName }) => triggerName))) {
    throw invalid('Duplicate Trigger target name detected');
  }
  if (repeats(triggers.map(({ triggerTargetArn }) => triggerTargetArn))) {
    throw invalid('Duplicate Trigger target arn detected');
  }
  for (const { triggerName, triggerTargetArn, triggerEvents = [] } of triggers) {
    if (!triggerName) throw invalid('A trigger needs a name');
    const [, , service, topicRegion] = triggerTargetArn?.split(':') ?? [];
    if (service !== 'sns' || topicRegion !== region) {
      throw invalid(`Topic ARN ${triggerTargetArn ?? 'null'} is not valid`);
    }
    if (triggerEvents.length === 0) throw invalid(`Trigger ${triggerName} names no event`);
    const unknown = triggerEvents.find(
      (event) => !deploymentEvents.includes(event) && !instanceEvents.includes(event),
    );
    if (unknown !== undefined) throw invalid(`Trigger event ${unknown} does not exist`);
  }
}

function repeats(values: readonly (string | undefined)[]): boolean {
  return new Set(values).size < values.length;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidTriggerConfigException', message);
}
