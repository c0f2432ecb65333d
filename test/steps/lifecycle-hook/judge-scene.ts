import type { HookJudgement } from '../../../functions/core/hooks/judgement.ts';
import type { HookLifecycleEvent } from '../../../functions/core/lifecycle-events.ts';
import { openHookScene } from '../../../functions/lifecycle-hook/hook-scene.ts';
import { judgeLifecycleEvent } from '../../../functions/lifecycle-hook/judge-lifecycle-event.ts';
import { type BlueGreenScene, deploymentId } from '../../support/blue-green-scene.ts';

/** Judges one lifecycle event of the scene's deployment, from its id alone. */
export async function judgeScene(
  scene: BlueGreenScene,
  lifecycleEvent: HookLifecycleEvent,
): Promise<HookJudgement> {
  return judgeLifecycleEvent(lifecycleEvent, await openHookScene(deploymentId, scene), scene);
}

/** Addresses that were probed, each once. */
export function probedUrls(scene: BlueGreenScene): string[] {
  return [...new Set(scene.probe.requests.map(({ url }) => url))];
}
