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
