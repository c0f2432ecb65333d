import type { CheckConfig, Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import { isCodeDeployService } from '../../functions/core/config/strategy-of.ts';
import {
  type HookLifecycleEvent,
  hookLifecycleEvents,
} from '../../functions/core/lifecycle-events.ts';
import { probeChecks } from '../../functions/core/probe/shorten-check.ts';

/** Checks that the hook of a lifecycle event carries out; a rolling update has no hooks. */
export function configuredChecks(
  config: Config,
  lifecycleEvent: HookLifecycleEvent,
): readonly CheckConfig[] {
  return config.services
    .filter(isCodeDeployService)
    .flatMap(({ checks }) => checksOf[lifecycleEvent](checks));
}

/** Lifecycle events at which checks of the user's own run; these are told which image the replacement runs. */
export function customCheckEvents(config: Config): readonly HookLifecycleEvent[] {
  return hookLifecycleEvents.filter((lifecycleEvent) =>
    configuredChecks(config, lifecycleEvent).some(({ type }) => type === 'custom'),
  );
}

/** What each hook carries out: probes of the test listener come back, to see the original pass and the shift hold. */
const checksOf: Readonly<
  Record<HookLifecycleEvent, (checks: ServiceConfig['checks']) => readonly CheckConfig[]>
> = {
  BeforeInstall: ({ afterAllowTestTraffic }) => probeChecks(afterAllowTestTraffic),
  AfterInstall: () => [],
  AfterAllowTestTraffic: ({ afterAllowTestTraffic }) => afterAllowTestTraffic,
  BeforeAllowTraffic: ({ afterAllowTestTraffic, beforeAllowTraffic }) => [
    ...probeChecks(afterAllowTestTraffic),
    ...beforeAllowTraffic,
  ],
  AfterAllowTraffic: ({ afterAllowTestTraffic, afterAllowTraffic }) => [
    ...probeChecks(afterAllowTestTraffic),
    ...afterAllowTraffic,
  ],
};
