import type { CustomCheckConfig } from '../../core/config/schema.ts';
import type { Secrets } from '../../core/ports/secrets.ts';

/** Values of a check's secrets by their names. Throws what the first unreadable one throws. */
export async function readSecrets(
  references: CustomCheckConfig['secrets'],
  secrets: Secrets,
): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(references).map(
    async ([name, reference]) => [name, await secrets.read(reference)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
