export interface Notifier {
  publish(notification: {
    readonly subject: string;
    readonly message: string;
    /** Set for what cannot wait; subscriptions may filter by it. */
    readonly alarm?: string;
  }): Promise<void>;
}
