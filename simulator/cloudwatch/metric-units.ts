/** Metrics of services that count something else than pieces. */
const units: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'AWS/ApplicationELB': { TargetResponseTime: 'Seconds' },
  'AWS/ECS': { CPUUtilization: 'Percent', MemoryUtilization: 'Percent' },
  'AWS/Lambda': { AsyncEventAge: 'Milliseconds', Duration: 'Milliseconds' },
  'AWS/States': { ExecutionTime: 'Milliseconds' },
};

const amounts = ['Bytes', 'Bits'].flatMap((unit) =>
  ['', 'Kilo', 'Mega', 'Giga', 'Tera'].map((size) => (size ? size + unit.toLowerCase() : unit)),
);
const standardUnits = new Set([
  ...['Seconds', 'Microseconds', 'Milliseconds', 'Percent', 'Count', 'Count/Second', 'None'],
  ...amounts,
  ...amounts.map((unit) => `${unit}/Second`),
]);

/** Whether CloudWatch knows the unit [model StandardUnit]. */
export function isUnit(text: string): boolean {
  return standardUnits.has(text);
}

/** Unit in which a service reports a metric; what users' own sources do not say is None. */
export function unitOfMetric(namespace: string, name: string): string {
  return units[namespace]?.[name] ?? (namespace.startsWith('AWS/') ? 'Count' : 'None');
}
