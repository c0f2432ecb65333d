import { requiredCount } from './check-members.ts';
import type { WireRequest } from './message.ts';
import type { OperationSchema, ServiceSchemas } from './service-schemas.ts';

/** An operation that a request's method, path and query select. */
export interface RestMatch {
  readonly operation: OperationSchema;
  /** Path labels by member name, decoded. */
  readonly labels: Readonly<Record<string, string>>;
}

interface Route {
  readonly operation: OperationSchema;
  readonly method: string;
  readonly pattern: RegExp;
  readonly labelNames: readonly string[];
  /** Query parameters that stand in the template, e.g. `list-type=2`; empty value: presence suffices. */
  readonly literals: readonly (readonly [string, string])[];
  readonly id: string | undefined;
}

/** Matches REST requests to operations by the templates in the schemas. */
export class RestRoutes {
  readonly #routes: readonly Route[];

  constructor(schemas: ServiceSchemas, bucketInPath: boolean) {
    this.#routes = [...schemas.operations.values()].flatMap((operation) => {
      const route = toRoute(operation, bucketInPath);
      return route ? [route] : [];
    });
  }

  /** The most specific operation; `prefer` settles ties, e.g. for the simulated ones. */
  match(request: WireRequest, prefer: (name: string) => boolean): RestMatch | undefined {
    let best: { score: number; match: RestMatch } | undefined;
    for (const route of this.#routes) {
      if (route.method !== request.method) continue;
      const path = route.pattern.exec(request.path);
      const specificity = path && queryScore(route, request);
      if (!path || specificity === undefined || specificity === null) continue;
      const score =
        specificity * 4 +
        (route.id && request.query.get('x-id') === route.id ? 2 : 0) +
        (prefer(route.operation.name) ? 1 : 0);
      if (best && best.score >= score) continue;
      const labels = Object.fromEntries(
        route.labelNames.map((name, index) => [name, decode(path[index + 1] ?? '')]),
      );
      best = { score, match: { operation: route.operation, labels } };
    }
    return best?.match;
  }

  /** Query parameters that the operation's template and input know. */
  static knownParameters(operation: OperationSchema): Set<string> {
    const names = new Set(templateLiterals(operation.http?.[1] ?? '').map(([name]) => name));
    for (const [, member] of operation.input.structIterator()) {
      const { httpQuery } = member.getMergedTraits();
      if (httpQuery) names.add(httpQuery);
    }
    return names;
  }
}

function toRoute(operation: OperationSchema, bucketInPath: boolean): Route | undefined {
  if (!operation.http) return undefined;
  const [method, template] = operation.http;
  const [path = '/'] = template.split('?');
  const members = [...operation.input.structIterator()].map(([name]) => name);
  const withBucket = bucketInPath && members.includes('Bucket') ? `/{Bucket}${path}` : path;
  const labelNames: string[] = [];
  const source = withBucket
    .replace(/[.*^$()|[\]\\]/g, '\\$&')
    .replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
      labelNames.push(name);
      return greedy ? '(.+)' : '([^/]+)';
    })
    // Lambda's API reference spells paths with a slash at the end that later models left out; S3's keys keep theirs.
    .replace(bucketInPath ? /\/$/ : /\/?$/, '/?');
  const all = templateLiterals(template);
  return {
    operation,
    method,
    pattern: new RegExp(`^${source}$`),
    labelNames,
    literals: all.filter(([name]) => name !== 'x-id'),
    id: all.find(([name]) => name === 'x-id')?.[1],
  };
}

function templateLiterals(template: string): [string, string][] {
  return [...new URLSearchParams(template.split('?')[1] ?? '')];
}

/** Counts what makes the route special; undefined when the request lacks something that it needs. */
function queryScore(route: Route, request: WireRequest): number | undefined {
  for (const [name, value] of route.literals) {
    const given = request.query.get(name);
    if (given === null || (value !== '' && given !== value)) return undefined;
  }
  let score = route.literals.length;
  const required = requiredCount(route.operation.input);
  for (const [, member] of [...route.operation.input.structIterator()].slice(0, required)) {
    const { httpQuery, httpHeader } = member.getMergedTraits();
    if (httpQuery && !request.query.has(httpQuery)) return undefined;
    if (httpHeader && request.headers[httpHeader.toLowerCase()] === undefined) return undefined;
    if (httpQuery || httpHeader) score++;
  }
  return score;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
