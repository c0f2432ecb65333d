import { memberAt } from './loose-value.ts';
import type { ConfigIssue } from './parse.ts';

/** Only a deployment of CodeDeploy can wait for a person before production traffic. */
export function approvalIssues(service: unknown, position: number): ConfigIssue[] {
  const required = memberAt(memberAt(service, 'approval'), 'required') === true;
  if (!required || memberAt(memberAt(service, 'target'), 'strategy') !== 'ecs-rolling') return [];
  const message =
    'is true, expected false with strategy ecs-rolling: a rolling update serves production while it is judged';
  return [{ path: ['services', position, 'approval', 'required'], message }];
}
