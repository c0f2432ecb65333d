import { invalidRevision } from './invalid-revision.ts';

/** Members as the user guide writes them; hook events are data and keep their spelling. */
const members = [
  'version',
  'Resources',
  'Hooks',
  'Type',
  'Properties',
  'TaskDefinition',
  'LoadBalancerInfo',
  'ContainerName',
  'ContainerPort',
  'PlatformVersion',
  'NetworkConfiguration',
  'AwsvpcConfiguration',
  'Subnets',
  'SecurityGroups',
  'AssignPublicIp',
  'CapacityProviderStrategy',
  'CapacityProvider',
  'Base',
  'Weight',
];
const spellings = new Map(members.map((member) => [member.toLowerCase(), member]));

/**
 * The document in the guide's spelling. AWS takes members in any case and a service under any name: the AWS CLI's
 * `ecs deploy` looks them up so and documents lower-case ones (awscli, customizations/ecs/deploy.py).
 */
export function normalizeMembers(document: unknown): unknown {
  const spelled = spell(document, []);
  if (!isRecord(spelled) || !Array.isArray(spelled.Resources)) return spelled;
  return { ...spelled, Resources: spelled.Resources.map(nameTargetService) };
}

function spell(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => spell(item, [...path, String(index)]));
  }
  if (!isRecord(value)) return value;
  const spelled = new Map<string, unknown>();
  for (const [name, member] of Object.entries(value)) {
    const spelling = spellings.get(name.toLowerCase()) ?? name;
    if (spelled.has(spelling)) {
      throw invalidRevision(
        `The AppSpec file is not valid: ${path.join('.') || 'AppSpec'}: ${name} occurs twice, as ${spelling} as well`,
      );
    }
    spelled.set(spelling, spell(member, [...path, spelling]));
  }
  return Object.fromEntries(spelled);
}

function nameTargetService(resource: unknown): unknown {
  if (!isRecord(resource)) return resource;
  const [service, ...others] = Object.values(resource);
  return others.length === 0 && service !== undefined ? { TargetService: service } : resource;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
