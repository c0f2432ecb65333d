import type { ReadRollout } from './read-rollout.ts';
import type { ReleaseNews } from './release-news.ts';

/** Tells what is new of a rolling update, each thing once; checks that are repeated only when their verdict changes. */
export class RolloutTeller {
  readonly #tell: (news: ReleaseNews) => void;
  readonly #verdicts = new Map<string, string>();
  #deploymentId: string | undefined;
  #answers = '';

  constructor(tell: (news: ReleaseNews) => void) {
    this.#tell = tell;
  }

  look({ deploymentId, phases, answers }: ReadRollout): void {
    if (this.#deploymentId !== undefined && deploymentId !== this.#deploymentId) this.#forget();
    for (const report of phases.filter(({ phase }) => phase === 'before')) this.#phase(report);
    if (deploymentId !== undefined && deploymentId !== this.#deploymentId) {
      this.#tell({ kind: 'deployment', deploymentId });
      this.#deploymentId = deploymentId;
    }
    const counted = JSON.stringify(answers.since);
    // In a bake, which may take hours, only verdicts are news.
    const bakes = phases.some(({ phase }) => phase === 'bake');
    if (counted !== '{}' && counted !== this.#answers && !bakes) {
      this.#answers = counted;
      this.#tell({ kind: 'answers', since: answers.since });
    }
    for (const report of phases.filter(({ phase }) => phase !== 'before')) this.#phase(report);
  }

  #phase(report: ReadRollout['phases'][number]): void {
    if (this.#verdicts.get(report.phase) === report.verdict) return;
    this.#verdicts.set(report.phase, report.verdict);
    this.#tell({ kind: 'phase', report });
  }

  /** A redrive starts a rollout of its own. */
  #forget(): void {
    this.#verdicts.clear();
    this.#answers = '';
  }
}
