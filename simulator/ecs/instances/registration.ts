import type { RegisterContainerInstanceCommandInput, Resource } from '@aws-sdk/client-ecs';
import { invalidParameter } from '../service-rules.ts';
import { tagMap } from '../tags.ts';
import type { InstanceRegistration } from './container-instances.ts';

/**
 * What an agent says of its instance: the identity document names type, id and zone, attributes and resources
 * what it has. Throws AwsError InvalidParameterException.
 */
export function registrationOf(
  input: RegisterContainerInstanceCommandInput,
  standardType: string,
): InstanceRegistration {
  const identity = identityOf(input.instanceIdentityDocument);
  const instanceType = identity.instanceType ?? standardType;
  const amount = (name: string) =>
    input.totalResources?.find((resource: Resource) => resource.name === name)?.integerValue;
  const [cpu, memoryMiB] = [amount('CPU'), amount('MEMORY')];
  return {
    instanceType,
    ec2InstanceId: identity.instanceId,
    availabilityZone: identity.availabilityZone,
    capacity: {
      ...(cpu !== undefined && { cpu }),
      ...(memoryMiB !== undefined && { memoryMiB }),
    },
    attributes: new Map(
      (input.attributes ?? []).map(({ name = '', value = '' }) => [name, value] as const),
    ),
    tags: tagMap(input.tags),
  };
}

interface Identity {
  readonly instanceId?: string;
  readonly instanceType?: string;
  readonly availabilityZone?: string;
}

function identityOf(document: string | undefined): Identity {
  if (!document) return {};
  try {
    const read: unknown = JSON.parse(document);
    if (typeof read === 'object' && read !== null) return read;
  } catch {
    // Said below.
  }
  throw invalidParameter('The instance identity document is invalid.');
}
