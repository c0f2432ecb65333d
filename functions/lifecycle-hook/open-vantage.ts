import { judgeListener } from '../core/checks/listener-check.ts';
import type { CheckConfig } from '../core/config/schema.ts';
import { imageOf } from '../core/hooks/pinned-image.ts';
import type { HookLifecycleEvent } from '../core/lifecycle-events.ts';
import type { Listener } from '../core/ports/load-balancing.ts';
import type { HookScene, JudgeDeps } from './hook-scene.ts';
import type { Vantage } from './vantage.ts';

/**
 * Looks from `listener` at the release. What only some checks need to know, where the original is served and
 * which image the replacement runs, is looked up for them alone.
 */
export async function openVantage(
  lifecycleEvent: HookLifecycleEvent,
  scene: HookScene,
  listener: Listener,
  checks: readonly CheckConfig[],
  deps: Pick<JudgeDeps, 'loadBalancing' | 'taskDefinitions'>,
): Promise<Vantage> {
  const needs = (...types: CheckConfig['type'][]) =>
    checks.some(({ type }) => types.includes(type));
  const [originalListener, image] = await Promise.all([
    needs('compare', 'custom') ? findOriginalListener(scene, listener, deps) : undefined,
    needs('custom') ? findImage(scene, deps) : undefined,
  ]);
  return {
    lifecycleEvent,
    deploymentId: scene.deploymentId,
    service: scene.service.name,
    image,
    listener,
    originalListener,
  };
}

/** The production listener as long as it shows nothing but the original. */
async function findOriginalListener(
  { group, roles, pair }: HookScene,
  listener: Listener,
  { loadBalancing }: Pick<JudgeDeps, 'loadBalancing'>,
): Promise<Listener | undefined> {
  const arn = group.productionListenerArn;
  if (arn === undefined || arn === listener.listenerArn || roles === undefined) return undefined;
  const production = await loadBalancing.listener(arn);
  const expectation = { name: 'production listener', group: roles.original, pair };
  return judgeListener(production, expectation).verdict === 'pass' ? production : undefined;
}

async function findImage(
  { replacement, service }: HookScene,
  { taskDefinitions }: Pick<JudgeDeps, 'taskDefinitions'>,
): Promise<string | undefined> {
  if (replacement === undefined) return undefined;
  const { document } = await taskDefinitions.describe(replacement.taskDefinitionArn);
  return imageOf(document, service.target.container);
}
