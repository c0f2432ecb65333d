/** The five lifecycle events of an ECS deployment that take a hook, in order (aws-facts 3.1). */
export const hookLifecycleEvents = [
  'BeforeInstall',
  'AfterInstall',
  'AfterAllowTestTraffic',
  'BeforeAllowTraffic',
  'AfterAllowTraffic',
] as const;

export type HookLifecycleEvent = (typeof hookLifecycleEvents)[number];
