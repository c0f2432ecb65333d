import type {
  ListTargetsByRuleCommandInput,
  ListTargetsByRuleCommandOutput,
  PutTargetsCommandInput,
  PutTargetsCommandOutput,
  RemoveTargetsCommandInput,
  RemoveTargetsCommandOutput,
} from '@aws-sdk/client-eventbridge';
import { operation, type WireService } from '../wire/operation.ts';
import type { EventsModel } from './model.ts';
import { page } from './page.ts';
import { readTarget, targetShape } from './read-target.ts';

export function targetOperations(model: EventsModel): WireService['operations'] {
  return {
    PutTargets: operation<PutTargetsCommandInput, PutTargetsCommandOutput>(
      ['Rule', 'EventBusName', 'Targets'],
      ({ Rule, EventBusName, Targets }) => {
        const rule = model.buses.get(EventBusName).rules.get(Rule);
        rule.putTargets((Targets ?? []).map(readTarget));
        return { FailedEntryCount: 0, FailedEntries: [] };
      },
    ),

    RemoveTargets: operation<RemoveTargetsCommandInput, RemoveTargetsCommandOutput>(
      ['Rule', 'EventBusName', 'Ids', 'Force'],
      ({ Rule, EventBusName, Ids }) => {
        const { targets } = model.buses.get(EventBusName).rules.get(Rule);
        const missing = (Ids ?? []).filter((id) => !targets.delete(id));
        return {
          FailedEntryCount: missing.length,
          FailedEntries: missing.map((id) => ({
            TargetId: id,
            ErrorCode: 'ResourceNotFoundException',
            ErrorMessage: `Rule ${Rule} has no target ${id}.`,
          })),
        };
      },
    ),

    ListTargetsByRule: operation<ListTargetsByRuleCommandInput, ListTargetsByRuleCommandOutput>(
      ['Rule', 'EventBusName', 'NextToken', 'Limit'],
      ({ Rule, EventBusName, NextToken, Limit }) => {
        const { rules } = model.buses.get(EventBusName);
        const targets = [...rules.get(Rule).targets.values()];
        const { items, next } = page(targets, NextToken, Limit);
        return { Targets: items.map(targetShape), ...next };
      },
    ),
  };
}
