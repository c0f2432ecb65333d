import type { Notifier } from '../../../functions/core/ports/notifier.ts';

/** Keeps what was published. */
export class FakeNotifier implements Notifier {
  readonly published: Parameters<Notifier['publish']>[0][] = [];
  failure: Error | undefined;

  async publish(notification: Parameters<Notifier['publish']>[0]): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.published.push(notification);
  }
}
