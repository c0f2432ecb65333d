import { MemberReader } from '../events/member-reader.ts';
import { deploymentIdRule, opaqueRule } from '../events/text-rules.ts';

/** What CodeDeploy hands to a hook: nothing else, not even the lifecycle event's name (aws-facts 3.3). */
export interface HookCall {
  readonly deploymentId: string;
  readonly hookExecutionId: string;
}

/** Reads the hook's payload. Throws InvalidEventError: without both ids there is nothing to report to. */
export function parseHookPayload(event: unknown): HookCall {
  const reader = MemberReader.of(event);
  const call = {
    deploymentId: reader.text('DeploymentId', deploymentIdRule),
    hookExecutionId: reader.text('LifecycleEventHookExecutionId', opaqueRule),
  };
  reader.finish("the lifecycle hook's payload");
  return call;
}
