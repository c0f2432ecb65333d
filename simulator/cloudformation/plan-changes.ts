import type { Change, ResourceChangeDetail } from '@aws-sdk/client-cloudformation';
import { resolveDynamicReferences } from './dynamic-references.ts';
import type { CloudFormationModel, Stack, StackResource, StackTag } from './model.ts';
import type { PlannedStack } from './plan-stack.ts';
import { findReferences } from './references.ts';
import { resolve } from './resolve.ts';
import { findProvider, type ResourceProviders } from './resource-provider.ts';
import { changedProperties, sameValue } from './same-value.ts';
import { withStackTags } from './stack-tags.ts';
import { TemplateScope } from './template-scope.ts';
import { holdsUnresolved, Unresolved } from './unresolved.ts';
import { requiresReplacement } from './update-resource.ts';

/** What a planned template would change of a stack, as DescribeChangeSet shows it. */
export function planChanges(
  model: CloudFormationModel,
  providers: ResourceProviders,
  stack: Stack | undefined,
  planned: PlannedStack,
  tags: readonly StackTag[] = stack?.tags ?? [],
): Change[] {
  const renewed = new Set<string>();
  const known = (logicalId: string): StackResource | undefined => {
    const resource = stack?.resources.get(logicalId);
    return resource?.physicalId === undefined || renewed.has(logicalId) ? undefined : resource;
  };
  const scope = new TemplateScope(
    planned.template,
    planned.parameters,
    model.world.identity,
    planned,
    {
      resource: (logicalId) => known(logicalId)?.physicalId ?? new Unresolved(`Ref ${logicalId}`),
      attribute: (logicalId, attribute) =>
        known(logicalId)?.attributes[attribute] ??
        new Unresolved(`Fn::GetAtt ${logicalId}.${attribute}`),
      importValue: (name) => model.importValue(name),
    },
  );
  const changes: Change[] = [];
  for (const logicalId of planned.order) {
    const declared = planned.template.Resources[logicalId];
    if (!declared) continue;
    const now = known(logicalId);
    if (!now) {
      renewed.add(logicalId);
      changes.push(
        change({
          Action: 'Add',
          LogicalResourceId: logicalId,
          ResourceType: declared.Type,
          Scope: [],
          Details: [],
        }),
      );
      continue;
    }
    const provider = findProvider(providers, declared.Type);
    const resolved = resolveDynamicReferences(
      model.world,
      resolve(declared.Properties, scope),
    ) as Record<string, unknown>;
    const next = provider ? withStackTags(provider, resolved, tags) : resolved;
    const changed = changedProperties(now.properties, next);
    const metadataChanged = !sameValue(now.metadata, declared.Metadata);
    const automatic = changed.length === 0 && provider?.alwaysUpdated === true;
    if (changed.length === 0 && !metadataChanged && !automatic) continue;
    const before = stack?.template?.Resources[logicalId]?.Properties ?? {};
    const details = changed.map((name): ResourceChangeDetail => {
      const dynamic = holdsUnresolved(next[name]);
      const replaced = provider !== undefined && requiresReplacement(provider, [name]);
      return {
        Target: {
          Attribute: name === 'Tags' ? 'Tags' : 'Properties',
          ...(name !== 'Tags' && { Name: name }),
          RequiresRecreation: replaced ? 'Always' : 'Never',
        },
        Evaluation: dynamic ? 'Dynamic' : 'Static',
        ...cause(before[name], declared.Properties[name], planned),
      };
    });
    if (metadataChanged) {
      details.push({
        Target: { Attribute: 'Metadata', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      });
    }
    if (automatic) {
      details.push({
        Target: { Attribute: 'Properties', RequiresRecreation: 'Never' },
        Evaluation: 'Static',
        ChangeSource: 'Automatic',
      });
    }
    const Replacement = replacement(details);
    if (Replacement !== 'False') renewed.add(logicalId);
    changes.push(
      change({
        Action: 'Modify',
        LogicalResourceId: logicalId,
        PhysicalResourceId: now.physicalId,
        ResourceType: declared.Type,
        Replacement,
        Scope: [...new Set(details.flatMap(({ Target }) => Target?.Attribute ?? []))],
        Details: details,
      }),
    );
  }
  const kept = new Set(planned.order);
  for (const { logicalId, physicalId, type, deletionPolicy } of stack?.resources.values() ?? []) {
    if (kept.has(logicalId)) continue;
    changes.push(
      change({
        Action: 'Remove',
        LogicalResourceId: logicalId,
        PhysicalResourceId: physicalId,
        ResourceType: type,
        PolicyAction: deletionPolicy?.startsWith('Retain') ? 'Retain' : 'Delete',
        Scope: [],
        Details: [],
      }),
    );
  }
  return changes;
}

function change(ResourceChange: Change['ResourceChange']): Change {
  return { Type: 'Resource', ResourceChange };
}

/** Only what is certain to be replaced is `True`; what hangs on a value not yet known is `Conditional`. */
function replacement(details: readonly ResourceChangeDetail[]): 'True' | 'False' | 'Conditional' {
  const always = details.filter(({ Target }) => Target?.RequiresRecreation === 'Always');
  if (always.length === 0) return 'False';
  return always.some(({ Evaluation }) => Evaluation === 'Static') ? 'True' : 'Conditional';
}

/** A property whose text in the template is the same changed through what it refers to. */
function cause(
  before: unknown,
  after: unknown,
  { template }: PlannedStack,
): Pick<ResourceChangeDetail, 'ChangeSource' | 'CausingEntity'> {
  const [reference] = sameValue(before, after) ? findReferences(after).references : [];
  if (!reference) return { ChangeSource: 'DirectModification' };
  const { name } = reference;
  const isParameter = Object.hasOwn(template.Parameters, name);
  return {
    ChangeSource: isParameter ? 'ParameterReference' : 'ResourceReference',
    CausingEntity: name,
  };
}
