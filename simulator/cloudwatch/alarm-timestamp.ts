/** CloudWatch writes the offset without a colon, in events and reason data: 2026-11-21T09:00:00.000+0000. */
export function alarmTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}
