import { reservedServiceNames } from '../workflow/push-record.ts';
import { approvalIssues } from './approval-rules.ts';
import { checkIssues, pacedCheck } from './check-rules.ts';
import { compareIssues } from './compare-rules.ts';
import { freezeIssues } from './freeze-rules.ts';
import type { ProblemPath } from './locate.ts';
import { itemsOf, memberAt, membersOf } from './loose-value.ts';
import { leastSeconds } from './pace-rules.ts';
import type { ConfigIssue } from './parse.ts';
import { referenceIssues } from './reference-rules.ts';
import { targetIssues } from './target-rules.ts';

/**
 * Mistakes that the schema cannot see. They are looked for in the value as it was written, which may
 * have other mistakes: all are to be reported together.
 */
export function configIssues(config: unknown): ConfigIssue[] {
  const services = itemsOf(memberAt(config, 'services'));
  return [
    ...reservedNames(services),
    ...repeated(services, [['name']], ([name]) => `"${name}" names`),
    ...repeated(
      services,
      [
        ['target', 'deploymentGroup'],
        ['target', 'application'],
      ],
      ([group, application]) => `deployment group "${group}" of "${application}" is deployed by`,
    ),
    ...repeated(
      services,
      [
        ['target', 'service'],
        ['target', 'cluster'],
      ],
      ([service, cluster]) => `ECS service "${service}" of cluster "${cluster}" is deployed by`,
    ),
    ...freezeIssues(config, services),
    ...services.flatMap(targetIssues),
    ...services.flatMap(approvalIssues),
    ...services.flatMap(serviceCheckIssues),
    ...services.flatMap(tooSlowTogether),
  ];
}

function reservedNames(services: readonly unknown[]): ConfigIssue[] {
  return services.flatMap((service, position) => {
    const name = memberAt(service, 'name');
    if (typeof name !== 'string' || !reservedServiceNames.includes(name)) return [];
    const path = ['services', position, 'name'];
    return [{ path, message: `is "${name}", which records of pushes are named, expected another` }];
  });
}

/** Two services must differ in what `members` name together; the issue is at the first of the members. */
function repeated(
  services: readonly unknown[],
  members: readonly [ProblemPath, ...ProblemPath[]],
  describe: (values: readonly unknown[]) => string,
): ConfigIssue[] {
  const firstWith = new Map<string, number>();
  return services.flatMap((service, position) => {
    const values = members.map((path) => path.reduce<unknown>(memberAt, service));
    if (!values.every((value) => typeof value === 'string')) return [];
    const key = JSON.stringify(values);
    const first = firstWith.get(key);
    if (first === undefined) {
      firstWith.set(key, position);
      return [];
    }
    const path = ['services', position, ...members[0]];
    return [{ path, message: `${describe(values)} services[${first}] already` }];
  });
}

function serviceCheckIssues(service: unknown, position: number): ConfigIssue[] {
  return membersOf(memberAt(service, 'checks')).flatMap(([lifecycleEvent, checks]) =>
    itemsOf(checks).flatMap((check, index) => {
      const path = ['services', position, 'checks', lifecycleEvent, index];
      const issues = [
        ...(memberAt(check, 'type') === 'compare' ? compareIssues(check, lifecycleEvent) : []),
        ...checkIssues(check),
        ...referenceIssues(check),
      ];
      return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
    }),
  );
}

/** What a hook has for the checks of its event: its five minutes less the reserve and the balancer's moment. */
const eventSeconds = 260;

/** The paced checks of one event run one after the other; together they must fit into the hook's time. */
function tooSlowTogether(service: unknown, position: number): ConfigIssue[] {
  return membersOf(memberAt(service, 'checks')).flatMap(([lifecycleEvent, checks]) => {
    const path = ['services', position, 'checks', lifecycleEvent];
    const seconds = itemsOf(checks).map((check) => {
      const paced = pacedCheck(check);
      return paced === undefined ? 0 : (leastSeconds(paced) ?? 0);
    });
    const total = Math.ceil(seconds.reduce((sum, one) => sum + one, 0));
    if (total <= eventSeconds) return [];
    const message = `take at least ${total} s at the rates they state, and the hook has ${eventSeconds} s for them: send faster, or less`;
    return [{ path, message }];
  });
}
