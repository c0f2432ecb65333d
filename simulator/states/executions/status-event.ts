import type { World } from '../../core/world.ts';
import type { Execution } from './execution.ts';
import { redriveEligibility } from './redrive-eligibility.ts';

/** Publishes 'Step Functions Execution Status Change' (aws-facts 5.1). */
export function publishStatus(world: World, execution: Execution): void {
  const { ending } = execution;
  const { redriveStatus, redriveStatusReason = null } = redriveEligibility(
    execution,
    world.clock.now(),
  );
  world.services.events.publish({
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machine.arn,
      name: execution.name,
      status: execution.status,
      startDate: execution.startMs,
      stopDate: ending?.atMs ?? null,
      input: execution.inputText,
      inputDetails: { included: true },
      output: ending?.output ?? null,
      outputDetails: ending?.output === undefined ? null : { included: true },
      error: ending?.error ?? null,
      cause: ending?.cause ?? null,
      stateMachineVersionArn: execution.versionArn ?? null,
      stateMachineAliasArn: execution.aliasArn ?? null,
      redriveCount: execution.redriveCount,
      redriveDate: execution.redriveMs ?? null,
      redriveStatus,
      redriveStatusReason,
    },
  });
}
