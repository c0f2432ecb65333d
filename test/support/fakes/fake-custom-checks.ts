import type { CustomCheck } from '../../../functions/core/custom/custom-check.ts';
import { InvalidConfigError } from '../../../functions/core/errors.ts';
import type { CustomChecks } from '../../../functions/core/ports/custom-checks.ts';

/** Checks by the name of their file. */
export class FakeCustomChecks implements CustomChecks {
  readonly checks = new Map<string, CustomCheck>();

  async load(file: string): Promise<CustomCheck> {
    const check = this.checks.get(file);
    if (check === undefined) throw new InvalidConfigError(`Cannot run check ${file}: not bundled`);
    return check;
  }
}
