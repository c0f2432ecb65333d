import type { EventEnvelope } from './event-envelope.ts';
import { type DeliveryContext, transformInput } from './input-transformer.ts';
import { followEventPath, readEventPath } from './json-path.ts';
import type { RuleTarget } from './rule.ts';

/** The text that a target receives: Input, the part InputPath names, the transformed or the whole event. */
export function targetInput(
  target: RuleTarget,
  event: EventEnvelope,
  context: DeliveryContext,
): string {
  if (target.input !== undefined) return target.input;
  if (target.inputTransformer) return transformInput(target.inputTransformer, event, context);
  if (target.inputPath === undefined) return JSON.stringify(event);
  const part = followEventPath(readEventPath(target.inputPath, 'InputPath'), event);
  return JSON.stringify(part ?? null);
}
