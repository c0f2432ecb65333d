import type { CompareCheckConfig } from '../config/schema.ts';
import type { ComparisonSettings } from './comparison-settings.ts';

/** A path of a compare check with its defaults. */
export interface ComparedPath {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Exclude<CompareCheckConfig['paths'][number], string>['body'];
  readonly weight: number;
}

/** The paths of a check, short and long form alike; a path's headers win over those of the check. */
export function comparedPaths(
  check: Pick<CompareCheckConfig, 'paths' | 'headers'>,
): ComparedPath[] {
  return check.paths.map((path) =>
    typeof path === 'string'
      ? { path, method: 'GET', headers: check.headers, body: undefined, weight: 1 }
      : { ...path, headers: { ...check.headers, ...path.headers }, body: path.body },
  );
}

/** What the judge needs to know of a check. */
export function compareSettings(check: CompareCheckConfig): ComparisonSettings {
  return {
    paths: comparedPaths(check).map(({ method, path, weight }) => ({
      name: `${method} ${path}`,
      weight,
    })),
    falseAlarm: check.falseAlarm,
    falsePass: check.falsePass,
    errorShare: check.errorShare,
    latency: check.latency,
    pairs: check.pairs,
    warmUpPairs: check.warmUpPairs,
  };
}
