/** What IAM would answer to one action on one resource. */
export interface SimulatedPermission {
  readonly resource: string;
  /** allowed, explicitDeny or implicitDeny. */
  readonly decision: string;
}

/** IAM's policy simulator, read only. */
export interface RolePermissions {
  /** One answer for each resource. Throws ResourceNotFoundError for a role that is not there. */
  simulate(
    roleArn: string,
    action: string,
    resources: readonly string[],
    /** Condition keys with one value each; a condition on a key that is not named is not met. */
    context?: Readonly<Record<string, string>>,
  ): Promise<SimulatedPermission[]>;
}
