const least = 3;
const most = 200;

/** Failed tasks that make a deployment FAILED: half of the desired count, rounded up, within 3 and 200 (aws-facts 2.6). */
export function circuitBreakerThreshold(desiredCount: number): number {
  return Math.min(most, Math.max(least, Math.ceil(desiredCount / 2)));
}
