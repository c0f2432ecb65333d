import { customCheck as customCheckSchema } from '../../../../functions/core/config/custom-schema.ts';
import type { CustomCheck } from '../../../../functions/core/custom/custom-check.ts';
import type { Clock } from '../../../../functions/core/ports/clock.ts';
import type { Listener } from '../../../../functions/core/ports/load-balancing.ts';
import { runCustomCheck } from '../../../../functions/lifecycle-hook/custom/run-custom-check.ts';
import type { Vantage } from '../../../../functions/lifecycle-hook/vantage.ts';
import { FakeCustomChecks } from '../../../support/fakes/fake-custom-checks.ts';
import { FakeLog } from '../../../support/fakes/fake-log.ts';
import { FakeProbeTransport } from '../../../support/fakes/fake-probe-transport.ts';
import { FakeSecrets } from '../../../support/fakes/fake-secrets.ts';

/** Sleeps end only when the test says so. */
class HeldClock implements Clock {
  readonly sleeps: { readonly ms: number; readonly end: () => void }[] = [];

  now(): number {
    return 1_000;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      this.sleeps.push({ ms, end: resolve });
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
}

export const digest = `sha256:${'a'.repeat(64)}`;
export const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${digest}`;

const listener = (port: number): Listener => ({
  listenerArn: `arn:${port}`,
  protocol: 'HTTP',
  port,
  host: 'lb.example',
  forwardings: [],
});

/** AfterAllowTestTraffic, with the original behind another listener. */
export const vantage: Vantage = {
  lifecycleEvent: 'AfterAllowTestTraffic',
  deploymentId: 'd-AAAAAAAA1',
  service: 'shop',
  image,
  listener: listener(9000),
  originalListener: listener(80),
};

/** What a check that finds nothing amiss returns. */
export const passing = { verdict: 'pass', expected: 'a', observed: 'a' } as const;

/** A hook that runs one check of the user's own, `checks/own.ts`. */
export class CustomCheckScene {
  readonly probe = new FakeProbeTransport();
  readonly clock = new HeldClock();
  readonly log = new FakeLog();
  readonly secrets = new FakeSecrets();
  /** Aborted, the hook's time is over. */
  readonly hook = new AbortController();

  run(check: CustomCheck, settings: Record<string, unknown> = {}, at = vantage) {
    const customChecks = new FakeCustomChecks();
    customChecks.checks.set('checks/own.ts', check);
    const config = customCheckSchema.parse({
      type: 'custom',
      file: 'checks/own.ts',
      ...settings,
    });
    const { probe, clock, log, secrets } = this;
    const deps = { probe, clock, log, secrets, customChecks, signal: this.hook.signal };
    return runCustomCheck(config, at, deps);
  }
}
