import type { PolicyDocument } from './policy-document.ts';

/** What policies hang on: roles, users and groups. */
export interface PolicyHolder {
  /** By policy name. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  readonly managedPolicyArns: Set<string>;
}

export interface User extends PolicyHolder {
  readonly userName: string;
  readonly userId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly tags: Map<string, string>;
  boundaryArn: string | undefined;
  /** Access key ids with their instants of creation. */
  readonly accessKeys: Map<string, number>;
}

export interface Group extends PolicyHolder {
  readonly groupName: string;
  readonly groupId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly members: Set<string>;
}

export interface InstanceProfile {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAtMs: number;
  readonly tags: Map<string, string>;
  roleName: string | undefined;
}

export interface OidcProvider {
  readonly arn: string;
  /** URL without `https://`. */
  readonly host: string;
  readonly clientIds: Set<string>;
  thumbprints: readonly string[];
  readonly tags: Map<string, string>;
  readonly createdAtMs: number;
}
