import type { Finding } from '../../../../functions/core/preflight/finding.ts';
import { SkipCheck } from '../../../../functions/core/preflight/skip-check.ts';
import { trafficChecks } from '../../../../functions/core/preflight/traffic/traffic-checks.ts';
import type { TrafficCheckFacts } from '../../../../functions/core/preflight/traffic/traffic-facts.ts';
import { TrafficScene } from '../../../support/traffic-scene.ts';

/** What one check finds in a sound scene that `spoil` changed. */
export async function ask(
  id: string,
  spoil: (scene: TrafficScene) => void = () => undefined,
): Promise<Finding> {
  const scene = new TrafficScene();
  spoil(scene);
  return judge(id, scene.facts());
}

/** One check on these facts; a SkipCheck is the SKIP that it stands for. */
export async function judge(id: string, facts: TrafficCheckFacts): Promise<Finding> {
  const check = checksById.get(id);
  if (check === undefined) throw new Error(`There is no check ${id}`);
  try {
    return await check.judge(facts);
  } catch (error) {
    if (error instanceof SkipCheck) return { status: 'SKIP', reason: error.message };
    throw error;
  }
}

interface TrafficCheck {
  judge(facts: TrafficCheckFacts): Promise<Finding>;
}

const checksById = new Map<string, TrafficCheck>(
  trafficChecks.map((check) => [check.id, check as TrafficCheck]),
);
