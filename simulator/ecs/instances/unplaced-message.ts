/** What a service's event list says of a task that found no room (developer guide, "service event messages"). */
export function unplacedMessage(reason: string): string {
  return `was unable to place a task because no container instance met all of its requirements. ${reason} For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`;
}

/** `reason` of SERVICE_TASK_PLACEMENT_FAILURE (developer guide, "service action events"). */
export function placementFailureReason(reason: string): string {
  const resource = /insufficient (CPU|memory)/.exec(reason)?.[1]?.toUpperCase();
  if (resource) return `RESOURCE:${resource}`;
  if (reason.includes('a port required')) return 'RESOURCE:PORTS';
  if (reason.includes('missing an attribute')) return 'ATTRIBUTE';
  return /error "(.+)"/.exec(reason)?.[1] ?? reason.replace(/^Reason: /, '');
}
