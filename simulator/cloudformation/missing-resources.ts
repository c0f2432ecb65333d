import type { World } from '../core/world.ts';
import { zonesOf } from '../ec2/zones.ts';
import type { ParameterProblem } from './parameter-values.ts';
import type { TemplateParameter } from './template.ts';

type Exists = (world: World, value: string) => boolean;

/** AWS-specific parameter types whose resources are simulated; ids of others are taken as they come. */
const kinds: Readonly<Record<string, Exists>> = {
  // No VPC is without its default security group.
  'AWS::EC2::VPC::Id': ({ services }, id) => services.ec2.defaultSecurityGroup(id) !== undefined,
  'AWS::EC2::Subnet::Id': ({ services }, id) => services.ec2.subnet(id) !== undefined,
  'AWS::EC2::SecurityGroup::Id': ({ services }, id) =>
    services.ec2.vpcOfSecurityGroup(id) !== undefined,
  'AWS::EC2::AvailabilityZone::Name': ({ identity }, name) =>
    zonesOf(identity.region).some((zone) => zone.name === name),
  'AWS::SSM::Parameter::Name': ({ services }, name) =>
    services.ssm.parameterValue(name) !== undefined,
};
const wrapper = /^(?:AWS::SSM::Parameter::Value<)?(?:List<)?([A-Za-z0-9:]+)>*$/;

/** Values of AWS-specific types that name nothing, in AWS's words (aws-quickstart/quickstart-amazon-eks #290). */
export function missingResources(
  world: World,
  parameters: Readonly<Record<string, TemplateParameter>>,
  values: ReadonlyMap<string, unknown>,
): ParameterProblem[] {
  if (!world.settings.checkParameterResources) return [];
  return Object.entries(parameters).flatMap(([name, { Type }]) => {
    const exists = kinds[wrapper.exec(Type)?.[1] ?? ''];
    if (!exists) return [];
    const value = values.get(name);
    const ids: unknown[] = Array.isArray(value) ? value : [value];
    return ids
      .filter((id) => id !== undefined && !exists(world, String(id)))
      .map((id) => ({
        text: `parameter ${name} (${Type}) names ${id}, which does not exist here; the setting checkParameterResources turns this off`,
        aws: `Parameter validation failed: parameter value ${id} for parameter name ${name} does not exist`,
      }));
  });
}
