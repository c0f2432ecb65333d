import type { HookLifecycleEvent } from '../lifecycle-events.ts';

/** Where the records of one deployment are kept in the bucket. */
export const deploymentRecordKeys = {
  taskToken: (deploymentId: string) => `deployments/${deploymentId}/task-token.json`,
  hook: (deploymentId: string, lifecycleEvent: HookLifecycleEvent) =>
    `deployments/${deploymentId}/hooks/${lifecycleEvent}.json`,
  approval: (deploymentId: string) => `deployments/${deploymentId}/approval.json`,
  stopRequest: (deploymentId: string) => `deployments/${deploymentId}/stop-request.json`,
  notification: (deploymentId: string) => `deployments/${deploymentId}/notification.json`,
  rollout: (deploymentId: string) => `deployments/${deploymentId}/rollout.json`,
  record: (deploymentId: string) => `deployments/${deploymentId}/record.json`,
} as const;
