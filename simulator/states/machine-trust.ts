/**
 * What the trust policy of a machine's role is asked with (developer guide, "Prevent cross-service confused deputy
 * issue"). A child that has a distributed Map of its own runs as `…:NAME/LABEL`.
 */
export function machineTrust(machineArn: string): Readonly<Record<string, string>> {
  return { 'aws:SourceArn': machineArn.replace(/\/.*$/, '') };
}
