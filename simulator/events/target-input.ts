import { AwsError } from '../core/aws-error.ts';
import type { EventEnvelope } from './event-envelope.ts';
import type { RuleTarget } from './rule.ts';

/** What a target receives: the constant Input, the part InputPath names, or the whole event. */
export function targetInput(target: RuleTarget, event: EventEnvelope): unknown {
  if (target.input !== undefined) return JSON.parse(target.input);
  if (target.inputPath === undefined) return event;
  let value: unknown = event;
  for (const part of inputPathParts(target.inputPath)) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[part] ?? null;
  }
  return value;
}

/** `$.detail.name` as its member names; `$` alone has none. */
export function inputPathParts(path: string): string[] {
  if (!/^\$(\.[\w-]+)*$/.test(path)) {
    throw new AwsError(
      'ValidationException',
      `InputPath ${path} is not valid: expected $ followed by member names, such as $.detail`,
    );
  }
  return path.split('.').slice(1);
}
