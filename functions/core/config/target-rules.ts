import type { ProblemPath } from './locate.ts';
import { memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';
import { membersOfStrategy } from './target-schema.ts';

/** What to say of a member of a target that is known, but to the other strategy; undefined for any other member. */
export function misplacedMember(
  path: ProblemPath,
  member: string,
  object: unknown,
): string | undefined {
  const [list, , key] = path;
  if (path.length !== 3 || list !== 'services' || key !== 'target') return undefined;
  const owner = Object.entries(membersOfStrategy).find(([, members]) =>
    members.some((one) => one === member),
  )?.[0];
  if (owner === undefined) return undefined;
  const strategy = memberAt(object, 'strategy');
  const chosen =
    strategy === undefined
      ? 'this target names none and so is codedeploy'
      : `this target is ${String(strategy)}`;
  return `belongs to strategy ${owner}, and ${chosen}: take it out, or change target.strategy`;
}

/** Percentages that leave ECS no step to take; it refuses such a service (ECS API, DeploymentConfiguration). */
export function targetIssues(service: unknown, position: number): ConfigIssue[] {
  const target = memberAt(service, 'target');
  const stuck =
    memberAt(target, 'minimumHealthyPercent') === 100 && memberAt(target, 'maximumPercent') === 100;
  if (!stuck) return [];
  const path = ['services', position, 'target', 'maximumPercent'];
  const message =
    'is 100 and minimumHealthyPercent is 100 too, so that no task could be started or stopped, expected one of them to leave room';
  return [{ path, message }];
}
