import { isRollback } from '../core/deployment/status.ts';
import { type HookJudgement, judgementOfRollback } from '../core/hooks/judgement.ts';
import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import { judgeAfterAllowTestTraffic } from './judge-after-allow-test-traffic.ts';
import { judgeAfterAllowTraffic } from './judge-after-allow-traffic.ts';
import { judgeAfterInstall } from './judge-after-install.ts';
import { judgeBeforeAllowTraffic } from './judge-before-allow-traffic.ts';
import { judgeBeforeInstall } from './judge-before-install.ts';

const judges: Readonly<
  Record<HookLifecycleEvent, (scene: HookScene, deps: JudgeDeps) => Promise<HookJudgement>>
> = {
  BeforeInstall: judgeBeforeInstall,
  AfterInstall: judgeAfterInstall,
  AfterAllowTestTraffic: judgeAfterAllowTestTraffic,
  BeforeAllowTraffic: judgeBeforeAllowTraffic,
  AfterAllowTraffic: judgeAfterAllowTraffic,
};

/** What a lifecycle event's hook looks at; each has a file of its own. */
export async function judgeLifecycleEvent(
  lifecycleEvent: HookLifecycleEvent,
  scene: HookScene,
  deps: JudgeDeps,
): Promise<HookJudgement> {
  if (isRollback(scene.deployment)) {
    return judgementOfRollback(scene.deployment);
  }
  return judges[lifecycleEvent](scene, deps);
}
