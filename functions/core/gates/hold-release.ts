import type { Config } from '../config/schema.ts';
import { ReleaseHeld } from '../errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { LineSwitch } from '../ports/line-switch.ts';
import type { Log } from '../ports/log.ts';
import { toldText } from '../probe/told-text.ts';
import type { ReleaseRequest } from '../release.ts';
import { findFreeze, freezeEnd } from './find-freeze.ts';

export interface GateDeps {
  readonly config: Config;
  readonly line: LineSwitch;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Throws ReleaseHeld while the line is stopped, or in a freeze that the request does not override. Asked when a
 * release is resolved and again before its deployment is created, as it may have waited for hours between.
 */
export async function holdRelease(
  { service, overrideFreeze }: Pick<ReleaseRequest, 'service' | 'overrideFreeze'>,
  { config, line, clock, log }: GateDeps,
): Promise<void> {
  const stopped = await line.stopped(service);
  if (stopped !== undefined) {
    throw new ReleaseHeld(
      `The line is stopped for "${service}" by parameter ${stopped.parameter}: ${toldText(stopped.reason)}; delete the parameter, then redrive the execution`,
    );
  }
  const freeze = findFreeze(config.freezes, service, clock.now());
  if (freeze === undefined) return;
  if (overrideFreeze !== undefined) {
    log.warn('freeze overridden', { service, freeze: freeze.name, reason: overrideFreeze });
    return;
  }
  throw new ReleaseHeld(
    `"${service}" is not released during the freeze "${freeze.name}", until ${freezeEnd(freeze)}; redrive the execution afterwards, or start a new one with "overrideFreeze": "why" in its input`,
  );
}
