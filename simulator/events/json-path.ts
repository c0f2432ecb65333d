import { AwsError } from '../core/aws-error.ts';

type Step = string | number | '*';

/** `$.detail.list[0].name`, `$.resources[*]`: what EventBridge takes of JSONPath (its user guide). */
export type EventPath = readonly Step[];

const segment = /\.([\w\-/]+|\*)|\[(\d+|\*)\]|\['([^']+)'\]/y;

/** Throws ValidationException that names `what`, such as `InputPath`. */
export function readEventPath(path: string, what: string): EventPath {
  const steps: Step[] = [];
  let at = 1;
  while (path.startsWith('$') && at < path.length) {
    segment.lastIndex = at;
    const match = segment.exec(path);
    if (!match) break;
    const [, name, index, quoted] = match;
    steps.push(name ?? quoted ?? (index === '*' ? '*' : Number(index)));
    at = segment.lastIndex;
  }
  if (path.startsWith('$') && at === path.length) return steps;
  throw new AwsError('ValidationException', `Invalid JSONPath ${path} for ${what}.`);
}

/** What the path leads to; undefined when it leads nowhere. A wildcard gives all it meets, as an array. */
export function followEventPath(path: EventPath, event: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return event;
  if (step === '*') {
    const items = typeof event === 'object' && event !== null ? Object.values(event) : [];
    return items.map((item) => followEventPath(rest, item)).filter((item) => item !== undefined);
  }
  if (typeof event !== 'object' || event === null || !Object.hasOwn(event, step)) return undefined;
  return followEventPath(rest, (event as Record<string | number, unknown>)[step]);
}
