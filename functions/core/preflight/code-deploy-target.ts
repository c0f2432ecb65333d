import type { CodeDeployTarget } from '../config/schema.ts';
import { isCodeDeployTarget } from '../config/strategy-of.ts';
import type { PreflightSubject } from './preflight-subject.ts';
import { SkipCheck } from './skip-check.ts';

/** The target as CodeDeploy's; SkipCheck for a service that is deployed otherwise. */
export function codeDeployTarget({ service: { target } }: PreflightSubject): CodeDeployTarget {
  if (isCodeDeployTarget(target)) return target;
  throw new SkipCheck(`target.strategy is ${target.strategy}, and CodeDeploy has no part in it`);
}
