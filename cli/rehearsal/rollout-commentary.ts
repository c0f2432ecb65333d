import { isRollingTarget } from '../../functions/core/config/strategy-of.ts';
import { InvalidEventError } from '../../functions/core/errors.ts';
import { parseRolloutIntent } from '../../functions/core/rolling/rollout-intent.ts';
import { parseRolloutProgress } from '../../functions/core/rolling/rollout-progress.ts';
import type { JournalEntry } from '../../simulator/core/journal.ts';
import { narrateRelease } from '../release/narrate-release.ts';
import { RolloutTeller } from '../release/rollout-news.ts';
import type { Painter } from '../terminal/painter.ts';
import { elapsed } from './narrator.ts';
import type { Stage } from './stage.ts';

const intentPattern = /^pushes\/[^/]+\/rollout\/[^/]+\.json$/;
const progressPattern = /^deployments\/([^/]+)\/rollout\.json$/;

/** What happens between RollOut and its end: which tasks run, what the checks find, and who answers. */
export class RolloutCommentary {
  readonly #stage: Stage;
  readonly #paint: Painter;
  readonly #tasks = new Map<string, string>();
  readonly #news: string[] = [];
  #execution: string | undefined;
  #time = '';
  #teller = this.#newTeller();

  constructor(stage: Stage, paint: Painter) {
    this.#stage = stage;
    this.#paint = paint;
    for (const entry of stage.simulator.world.journal.entries) this.#count(entry);
  }

  /** The lines that an entry is worth; `sinceMs` is the virtual instant that shown times count from. */
  tell(entry: JournalEntry, sinceMs: number): string[] {
    if (!isRollingTarget(this.#stage.service.target)) return [];
    this.#time = elapsed(entry.atMs - sinceMs);
    if (this.#count(entry)) {
      return [`  ${this.#paint.faint(this.#time)}  ${'tasks'.padEnd(11)}${this.#running()}`];
    }
    if (entry.kind === 'object.put') this.#look(entry.key);
    return this.#news.splice(0);
  }

  #count(entry: JournalEntry): boolean {
    if (entry.kind === 'task.started') this.#tasks.set(entry.taskArn, entry.imageDigest);
    return (
      entry.kind === 'task.started' ||
      (entry.kind === 'task.stopped' && this.#tasks.delete(entry.taskArn))
    );
  }

  #running(): string {
    const counts = new Map<string, number>();
    for (const digest of this.#tasks.values()) {
      const release = this.#stage.releaseOf(digest);
      counts.set(release, (counts.get(release) ?? 0) + 1);
    }
    return [...counts].map(([release, count]) => `${release} ${count}`).join(', ') || 'none';
  }

  #look(key: string): void {
    if (intentPattern.test(key)) {
      const intent = parseRolloutIntent(this.#stage.watcher.record(key));
      if (intent === undefined) return;
      const { executionName, redriveCount } = intent.execution;
      const execution = `${executionName} ${redriveCount}`;
      if (execution !== this.#execution) this.#teller = this.#newTeller();
      this.#execution = execution;
      const { deploymentId, phases, answers } = intent;
      this.#teller.look({ deploymentId, phases, answers, record: undefined });
    }
    const [, deploymentId] = progressPattern.exec(key) ?? [];
    if (deploymentId === undefined) return;
    try {
      const { phases, answers } = parseRolloutProgress(this.#stage.watcher.record(key));
      this.#teller.look({ deploymentId, phases, answers, record: undefined });
    } catch (error) {
      if (!(error instanceof InvalidEventError)) throw error;
    }
  }

  #newTeller(): RolloutTeller {
    return new RolloutTeller((news) => {
      this.#news.push(...narrateRelease(news, this.#time, this.#paint));
    });
  }
}
