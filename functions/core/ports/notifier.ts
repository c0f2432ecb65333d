export interface Notifier {
  publish(notification: { readonly subject: string; readonly message: string }): Promise<void>;
}
