/**
 * Settings of every SDK client. Adaptive retries slow down together with the service that throttles
 * (aws-facts 2.2); a request that hangs is given up and retried well before any function's deadline.
 */
export const clientSettings = {
  retryMode: 'adaptive',
  maxAttempts: 4,
  requestHandler: {
    connectionTimeout: 2_000,
    requestTimeout: 10_000,
    // Without it a breach is only logged.
    throwOnRequestTimeout: true,
  },
} as const;

/**
 * For records and notifications, which nothing waits for: a bucket or topic that hangs must not use up the time
 * in which a hook reports or a task is answered (design D2; aws-facts 3.3).
 */
export const sideClientSettings = {
  ...clientSettings,
  maxAttempts: 2,
  requestHandler: { ...clientSettings.requestHandler, requestTimeout: 3_000 },
} as const;

/** For questions that another answer will do for: those who have no other need the quota more. */
export const spareClientSettings = {
  ...clientSettings,
  retryMode: 'standard',
  maxAttempts: 1,
} as const;
