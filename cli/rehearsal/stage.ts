import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { ServiceConfig } from '../../functions/core/config/schema.ts';
import { isCodeDeployTarget } from '../../functions/core/config/strategy-of.ts';
import { controllerStackName } from '../../infra/names.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { type Audience, type AudienceOptions, seatAudience } from './audience.ts';
import { clientOptions } from './client-options.ts';
import { ReleaseWatcher } from './release-watcher.ts';

export { clientOptions } from './client-options.ts';

export interface StageOptions
  extends Omit<AudienceOptions, 'simulator' | 'application' | 'deploymentGroup'> {
  readonly simulator: Simulator;
  readonly service: ServiceConfig;
  /** Real time after which a release that does not go on counts as stalled; default three minutes. */
  readonly patienceMs?: number;
}

/** The running system with an audience: client traffic, the count of who answered it, and AWS clients. */
export interface Stage extends Audience {
  readonly simulator: Simulator;
  readonly service: ServiceConfig;
  readonly watcher: ReleaseWatcher;
  readonly states: SFNClient;
}

export async function setStage(options: StageOptions): Promise<Stage> {
  const { simulator, service, patienceMs } = options;
  const { target } = service;
  const group = isCodeDeployTarget(target)
    ? { application: target.application, deploymentGroup: target.deploymentGroup }
    : {};
  const audience = await seatAudience({ ...options, ...group });
  return {
    ...audience,
    simulator,
    service,
    states: new SFNClient(clientOptions(simulator)),
    watcher: new ReleaseWatcher(simulator.world, await recordsBucket(simulator), patienceMs),
  };
}

async function recordsBucket(simulator: Simulator): Promise<string> {
  const cloudFormation = new CloudFormationClient(clientOptions(simulator));
  const { Stacks = [] } = await cloudFormation.send(
    new DescribeStacksCommand({ StackName: controllerStackName }),
  );
  const outputs = Stacks.flatMap(({ Outputs = [] }) => Outputs);
  const bucket = outputs.find(({ OutputKey }) => OutputKey === 'RecordsBucketName')?.OutputValue;
  if (!bucket) throw new Error(`Stack ${controllerStackName} has no output RecordsBucketName`);
  return bucket;
}
