/** Metrics of services that count something else than pieces. */
const units: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS/ApplicationELB': { TargetResponseTime: 'Seconds' },
  'AWS/ECS': { CPUUtilization: 'Percent', MemoryUtilization: 'Percent' },
  'AWS/Lambda': { AsyncEventAge: 'Milliseconds', Duration: 'Milliseconds' },
  'AWS/States': { ExecutionTime: 'Milliseconds' },
};

/** Unit in which a service reports a metric; what users' own sources do not say is None. */
export function unitOfMetric(namespace: string, name: string): string {
  return units[namespace]?.[name] ?? (namespace.startsWith('AWS/') ? 'Count' : 'None');
}
