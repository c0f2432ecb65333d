export interface RoleCall {
  readonly roleArn: string;
  /** Who uses the role, and must be trusted by it: `codedeploy.amazonaws.com`. */
  readonly servicePrincipal: string;
  /** Session that the service would name; default the service's own name. */
  readonly sessionName?: string;
  /** `ecs:CreateTaskSet` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the action, e.g. `{ 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Keys that the role's trust policy is asked with: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly trustContext?: Readonly<Record<string, string | readonly string[]>>;
}

export type RoleCallDecision =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** `untrusted`: the role is not there, or its trust policy does not name the service. */
      readonly reason: 'implicit-deny' | 'explicit-deny' | 'untrusted';
      /** AWS's sentence: `User: … is not authorized to perform: … on resource: … because …`. */
      readonly message: string;
    };

/** What a process gets of a role: recognised as that role's session in every call it makes. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

export interface IamService {
  /**
   * Whether a role's identity policies allow an action; undefined when the simulator cannot tell: for a role
   * or a managed policy that it does not hold, and when it hangs on conditions.
   */
  roleMay(roleArn: string, action: string, resource: string): boolean | undefined;
  /** Decides what a service does with a role that it was given, and counts it as used or denied. */
  authorize(call: RoleCall): RoleCallDecision;
  /** Whether the role exists and its trust policy lets the service assume it. */
  canAssume(
    roleArn: string,
    servicePrincipal: string,
    trustContext?: Readonly<Record<string, string | readonly string[]>>,
  ): boolean;
  /** Makes the role that a service has of its own when it is first used in an account. */
  ensureServiceLinkedRole(servicePrincipal: string): void;
  /** Credentials of a new session of a role, for a function or a task. */
  roleCredentials(session: {
    readonly roleArn: string;
    readonly sessionName: string;
  }): RoleCredentials;
}
