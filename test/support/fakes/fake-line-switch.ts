import type { LineSwitch } from '../../../functions/core/ports/line-switch.ts';

/** Reasons by service, or `all`. */
export class FakeLineSwitch implements LineSwitch {
  readonly reasons = new Map<string, string>();

  async stopped(service: string) {
    const name = this.reasons.has('all') ? 'all' : service;
    const reason = this.reasons.get(name);
    return reason === undefined
      ? undefined
      : { parameter: `/greengate/stop-the-line/${name}`, reason };
  }
}
