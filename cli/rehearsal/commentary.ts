import type { JournalEntry } from '../../simulator/core/journal.ts';
import type { Painter } from '../terminal/painter.ts';
import { type HookVerdict, narrate, narrateHook } from './narrator.ts';
import { RolloutCommentary } from './rollout-commentary.ts';
import type { Stage } from './stage.ts';

/** Tells the person at the terminal what happens while it happens. */
export class Commentary {
  readonly #stage: Stage;
  readonly #print: (line: string) => void;
  readonly #paint: Painter;
  readonly #rollout: RolloutCommentary;
  #sinceMs: number;

  constructor(
    stage: Stage,
    options: { readonly print: (line: string) => void; readonly paint: Painter },
  ) {
    this.#stage = stage;
    this.#print = options.print;
    this.#paint = options.paint;
    this.#rollout = new RolloutCommentary(stage, options.paint);
    const { journal, clock } = stage.simulator.world;
    this.#sinceMs = clock.now();
    journal.subscribe((entry) => this.#tell(entry));
  }

  /** Shown times count from now on. */
  restartClock(): void {
    this.#sinceMs = this.#stage.simulator.world.clock.now();
  }

  #tell(entry: JournalEntry): void {
    if (entry.kind === 'object.put' && /\/hooks\/[A-Za-z]+\.json$/.test(entry.key)) {
      const hook = this.#stage.watcher.record(entry.key) as HookVerdict | undefined;
      if (hook) for (const line of narrateHook(hook, this.#paint)) this.#print(line);
      return;
    }
    for (const line of this.#rollout.tell(entry, this.#sinceMs)) this.#print(line);
    const line = narrate(entry, {
      paint: this.#paint,
      sinceMs: this.#sinceMs,
      listenerRole: this.#stage.listenerRole,
    });
    if (line !== undefined) this.#print(line);
  }
}
