import { ResourceNotFoundError } from '../../../functions/core/errors.ts';
import type { Secrets } from '../../../functions/core/ports/secrets.ts';

/** Secrets by name, or `name#key` for a member, and parameters by name; counts what was read. */
export class FakeSecrets implements Secrets {
  readonly values = new Map<string, string>();
  readonly reads: string[] = [];

  async read(reference: Parameters<Secrets['read']>[0]): Promise<string> {
    const name =
      'parameter' in reference
        ? reference.parameter
        : [reference.secretsManager, reference.key].filter((part) => part !== undefined).join('#');
    this.reads.push(name);
    const value = this.values.get(name);
    if (value === undefined) throw new ResourceNotFoundError(`There is no secret "${name}"`);
    return value;
  }
}
