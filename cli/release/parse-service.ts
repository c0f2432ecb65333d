import { configSchema } from '../../functions/core/config/schema.ts';
import { UsageError } from '../terminal/run-command.ts';

const { name } = configSchema.shape.services.element.shape;

/**
 * A name that a service can have in greengate.yaml. Throws UsageError: a variable that is empty in a CI job would be
 * waited for in vain.
 */
export function parseService(text: string): string {
  const parsed = name.safeParse(text);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    `--service takes the name of a service in greengate.yaml, which ${issue?.message}, got "${text}"`,
  );
}
