import type { Notifier } from '../../../functions/core/ports/notifier.ts';

/** Keeps what was published. */
export class FakeNotifier implements Notifier {
  readonly published: { readonly subject: string; readonly message: string }[] = [];
  failure: Error | undefined;

  async publish(notification: {
    readonly subject: string;
    readonly message: string;
  }): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.published.push(notification);
  }
}
