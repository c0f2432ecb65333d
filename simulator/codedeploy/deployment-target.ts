import type { Diagnostics, LifecycleEventStatus, TargetStatus } from '@aws-sdk/client-codedeploy';
import type { EcsServiceView, TaskSetView } from '../core/services.ts';

/** All lifecycle events in order (aws-facts 3.1). */
const allEvents = [
  'BeforeInstall',
  'Install',
  'AfterInstall',
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AllowTraffic',
  'AfterAllowTraffic',
] as const;

export type LifecycleEventName = (typeof allEvents)[number];

const testTrafficEvents: readonly LifecycleEventName[] = [
  'AllowTestTraffic',
  'AfterAllowTestTraffic',
];

export interface LifecycleEventRecord {
  readonly name: LifecycleEventName;
  status: LifecycleEventStatus;
  startedAtMs: number | undefined;
  endedAtMs: number | undefined;
  diagnostics: Diagnostics | undefined;
}

export interface TaskSetRecord {
  readonly id: string;
  readonly label: 'Blue' | 'Green';
  readonly targetGroupArn: string;
  /** Last seen state; ECS forgets a set once its tasks are gone. */
  view: TaskSetView;
  trafficWeight: number;
}

/** The one ECS target of a deployment: the service with its task sets and lifecycle events. */
export class DeploymentTarget {
  readonly targetId: string;
  readonly serviceArn: string;
  readonly events: readonly LifecycleEventRecord[];
  readonly original: TaskSetRecord;
  replacement: TaskSetRecord | undefined;
  status: TargetStatus = 'InProgress';
  updatedAtMs: number;

  constructor(
    service: EcsServiceView,
    original: TaskSetRecord,
    hasTestListener: boolean,
    nowMs: number,
  ) {
    this.targetId = `${service.clusterName}:${service.serviceName}`;
    this.serviceArn = service.serviceArn;
    this.original = original;
    this.updatedAtMs = nowMs;
    // Without a test listener the two test-traffic events do not exist (aws-facts 3.1).
    this.events = allEvents
      .filter((name) => hasTestListener || !testTrafficEvents.includes(name))
      .map((name) => ({
        name,
        status: 'Pending',
        startedAtMs: undefined,
        endedAtMs: undefined,
        diagnostics: undefined,
      }));
  }

  event(name: LifecycleEventName): LifecycleEventRecord {
    const record = this.events.find((event) => event.name === name);
    if (!record) throw new Error(`This deployment has no lifecycle event ${name}`);
    return record;
  }
}
