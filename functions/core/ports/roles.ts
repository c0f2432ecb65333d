export interface Role {
  readonly arn: string;
  /** The trust policy's JSON, parsed. */
  readonly trustPolicy: unknown;
}

/** IAM roles, read only. */
export interface Roles {
  /** Undefined when the account has no such role. */
  find(name: string): Promise<Role | undefined>;
}
