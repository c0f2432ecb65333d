import { brokenCheck, type CheckResult } from '../core/checks/check-result.ts';
import type { SecretReference } from '../core/config/request-schemas.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import { TransientAwsError } from '../core/errors.ts';
import type { Secrets } from '../core/ports/secrets.ts';

/** The secrets of several checks, each read once. */
export interface OpenedSecrets {
  /** The same port for who reads by itself, without reading again. */
  readonly secrets: Secrets;
  /** Values by name; undefined when one of the check's secrets could not be read. */
  valuesFor(check: CheckConfig): Readonly<Record<string, string>> | undefined;
  /** Names all that could not be read; undefined when nothing is missing. */
  readonly missing: CheckResult | undefined;
}

type Read =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly message: string };

/** Reads every secret that the checks name, together, and finds all that are missing at once. */
export async function openSecrets(
  checks: readonly CheckConfig[],
  port: Secrets,
): Promise<OpenedSecrets> {
  const reads = new Map<string, Promise<string>>();
  const read = (reference: SecretReference): Promise<string> => {
    const key = JSON.stringify(reference);
    const known = reads.get(key) ?? port.read(reference);
    reads.set(key, known);
    return known;
  };
  const outcomes = new Map<SecretReference, Read>();
  const references = checks.flatMap((check) => Object.values(secretsOf(check)));
  await Promise.all(
    references.map(async (reference) => {
      outcomes.set(reference, await outcomeOf(read(reference)));
    }),
  );
  return {
    secrets: { read },
    valuesFor: (check) => valuesOf(secretsOf(check), outcomes),
    missing: missingSecrets([...outcomes.values()]),
  };
}

function secretsOf(check: CheckConfig): Readonly<Record<string, SecretReference>> {
  return check.type === 'alarms' ? {} : check.secrets;
}

/** What stands in the way is part of the finding; a throttled call says nothing, and the whole is judged anew. */
async function outcomeOf(reading: Promise<string>): Promise<Read> {
  try {
    return { ok: true, value: await reading };
  } catch (error) {
    if (error instanceof TransientAwsError) throw error;
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function valuesOf(
  references: Readonly<Record<string, SecretReference>>,
  outcomes: ReadonlyMap<SecretReference, Read>,
): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  for (const [name, reference] of Object.entries(references)) {
    const outcome = outcomes.get(reference);
    if (!outcome?.ok) return undefined;
    values[name] = outcome.value;
  }
  return values;
}

function missingSecrets(outcomes: readonly Read[]): CheckResult | undefined {
  const messages = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.message]));
  const all = [...new Set(messages)].toSorted();
  if (all.length === 0) return undefined;
  const count = all.length === 1 ? 'a secret' : `${all.length} secrets`;
  return {
    ...brokenCheck('secrets', 'secrets', `cannot read ${count} of the checks: ${all.join('; ')}`),
    expected: 'every secret that a check names to be readable',
  };
}
