export interface HookFunction {
  readonly name: string;
  readonly arn: string;
  /** Active, Pending, Inactive or Failed. */
  readonly state: string;
  readonly stateReason: string | undefined;
  /** Undefined for a function outside any VPC. */
  readonly vpc:
    | {
        readonly vpcId: string;
        readonly subnetIds: readonly string[];
        readonly securityGroupIds: readonly string[];
      }
    | undefined;
}

/** Lambda functions, read only. */
export interface HookFunctions {
  /** Undefined when there is no function of that name. */
  describe(name: string): Promise<HookFunction | undefined>;
}
