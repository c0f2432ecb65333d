import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm';

/** One version of a parameter; a version keeps type, key and pattern of the time it was put. */
export interface ParameterVersion {
  readonly version: number;
  readonly value: string;
  readonly type: ParameterType;
  readonly keyId: string | undefined;
  readonly description: string | undefined;
  readonly allowedPattern: string | undefined;
  readonly tier: ParameterTier;
  readonly dataType: string;
  readonly modifiedAtMs: number;
  readonly modifiedBy: string;
  readonly labels: Set<string>;
}

export interface Parameter {
  readonly name: string;
  readonly arn: string;
  /** Oldest first; never empty. */
  readonly versions: ParameterVersion[];
  readonly tags: Map<string, string>;
}

/** A version together with its parameter, and the selector (`:3`) by which it was asked for. */
export interface SelectedParameter {
  readonly parameter: Parameter;
  readonly version: ParameterVersion;
  readonly selector: string | undefined;
}

export function latestOf(parameter: Parameter): ParameterVersion {
  const latest = parameter.versions.at(-1);
  if (!latest) throw new Error(`Parameter ${parameter.name} has no version`);
  return latest;
}
