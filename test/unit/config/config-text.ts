import { parseConfig, renderProblems } from '../../../functions/core/config/parse.ts';

/** A service that is right, on lines 1 to 11. */
export const serviceText = `services:
  - name: shop
    image:
      repository: team/shop
      tags: ["v*"]
    target:
      cluster: prod
      service: shop
      container: app
      application: shop
      deploymentGroup: shop
`;

export function problemsOf(yaml: string): string[] {
  const parsed = parseConfig(yaml, 'greengate.yaml');
  return parsed.ok ? [] : renderProblems(parsed).split('\n');
}

/** The right service with one http check, given as YAML flow. */
export function withHttpCheck(check: string): string {
  return `${serviceText}    checks:\n      afterAllowTestTraffic:\n        - { type: http, path: /, ${check} }\n`;
}
