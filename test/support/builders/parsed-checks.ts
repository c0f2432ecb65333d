import { check as checkSchema } from '../../../functions/core/config/check-schemas.ts';
import type { CheckConfig } from '../../../functions/core/config/schema.ts';

/** A check of one type with the schema's own defaults. */
export function parsedCheck<T extends CheckConfig['type']>(
  type: T,
  members: Readonly<Record<string, unknown>>,
): Extract<CheckConfig, { readonly type: T }> {
  return checkSchema.parse({ type, ...members }) as Extract<CheckConfig, { readonly type: T }>;
}
