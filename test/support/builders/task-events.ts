/** The event of a task of shop's replacement that stopped, as EventBridge delivers it. */
export function taskStoppedEvent(detail: Readonly<Record<string, unknown>> = {}): unknown {
  const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/prod/0';
  return {
    version: '0',
    id: 'c1b4c1f4-0000-4000-8000-000000000002',
    'detail-type': 'ECS Task State Change',
    source: 'aws.ecs',
    account: '123456789012',
    time: '2026-09-01T10:01:00Z',
    region: 'eu-central-1',
    resources: [taskArn],
    detail: {
      taskArn,
      clusterArn: 'arn:aws:ecs:eu-central-1:123456789012:cluster/prod',
      group: 'service:shop',
      startedBy: 'ecs-svc/2222222222222222222',
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      version: 6,
      ...detail,
    },
  };
}
