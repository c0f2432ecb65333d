import type { ParameterMetadata, Parameter as WireParameter } from '@aws-sdk/client-ssm';
import type { SsmModel } from './model.ts';
import { latestOf, type Parameter, type SelectedParameter } from './parameter.ts';

/** A parameter with its value, as the Get operations show it. */
export function showParameter(
  model: SsmModel,
  { parameter, version, selector }: SelectedParameter,
  decrypted: boolean,
): WireParameter {
  return {
    Name: parameter.name,
    Type: version.type,
    Value: model.shownValue(parameter, version, decrypted),
    Version: version.version,
    ...(selector !== undefined && { Selector: selector }),
    LastModifiedDate: new Date(version.modifiedAtMs),
    ARN: parameter.arn,
    DataType: version.dataType,
  };
}

/** A parameter without its value, as DescribeParameters shows it. */
export function showMetadata(parameter: Parameter): ParameterMetadata {
  const latest = latestOf(parameter);
  return {
    Name: parameter.name,
    ARN: parameter.arn,
    Type: latest.type,
    ...(latest.keyId !== undefined && { KeyId: latest.keyId }),
    LastModifiedDate: new Date(latest.modifiedAtMs),
    LastModifiedUser: latest.modifiedBy,
    ...(latest.description !== undefined && { Description: latest.description }),
    ...(latest.allowedPattern !== undefined && { AllowedPattern: latest.allowedPattern }),
    Version: latest.version,
    Tier: latest.tier,
    Policies: [],
    DataType: latest.dataType,
  };
}
