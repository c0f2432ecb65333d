import { type Mask, maskOf, shortLength } from '../core/probe/mask.ts';
import type { ReferenceValues } from '../core/probe/references.ts';

/** What `${...}` stands for in one check, and what takes those values out again. */
export interface CheckInputs {
  readonly references: ReferenceValues;
  readonly mask: Mask;
  /** For whole sentences: leaves alone what is too short to be told from other words. */
  readonly longMask: Mask;
}

export function checkInputs(
  secrets: ReferenceValues['secrets'],
  deploymentId: string,
): CheckInputs {
  const named = Object.entries(secrets).map(([name, value]) => [`secrets.${name}`, value] as const);
  const long = named.filter(([, value]) => value.length >= shortLength);
  return {
    references: { secrets, captured: {}, deploymentId },
    mask: maskOf(Object.fromEntries(named)),
    longMask: maskOf(Object.fromEntries(long)),
  };
}
