import { itemsOf, memberAt } from '../../config/loose-value.ts';
import type { TaskDefinitionDocument } from '../../ports/task-definitions.ts';
import { runsOnFargate } from '../../task-definition/runs-on-fargate.ts';
import { secretReferences } from '../../task-definition/secret-references.ts';
import type { PreflightCheck } from '../preflight-check.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { whyNotTrusted } from './trust-policy.ts';

const tasksPrincipal = 'ecs-tasks.amazonaws.com';

export const rolesTrusted: PreflightCheck<ReleaseFacts> = {
  id: 'roles-trusted',
  title: 'ECS tasks can assume the execution role and the task role',
  remedy: 'Let ecs-tasks.amazonaws.com assume the role in its trust policy',

  async judge(facts) {
    const [service, { document }] = await Promise.all([
      facts.existingService(),
      facts.runningTaskDefinition(),
    ]);
    const problems: string[] = [];
    const { executionRoleArn, taskRoleArn } = document;
    if (executionRoleArn === undefined) {
      const why = whyExecutionRole(runsOnFargate(service, document), document);
      if (why !== undefined) problems.push(`the task definition has no execution role, ${why}`);
    }
    const arns = [...new Set([executionRoleArn, taskRoleArn].filter(isText))];
    const found = await Promise.all(arns.map((arn) => problemOf(arn, service.serviceArn, facts)));
    problems.push(...found.flat());
    if (problems.length > 0) {
      return {
        status: 'NG',
        expected: `roles that trust ${tasksPrincipal}`,
        observed: problems.join('; '),
        remedy: `Allow sts:AssumeRole to ${tasksPrincipal} in the role's trust policy, or name another role in the task definition`,
      };
    }
    if (arns.length === 0) return { status: 'SKIP', reason: 'The task definition names no role' };
    return {
      status: 'OK',
      observed: `${arns.map(roleName).join(' and ')} trust ${tasksPrincipal}`,
    };
  },
};

async function problemOf(
  arn: string,
  serviceArn: string,
  facts: Pick<ReleaseFacts, 'role'>,
): Promise<string[]> {
  const account = serviceArn.split(':')[4];
  if (arn.split(':')[4] !== account) {
    return [`${arn} is not of account ${account}: tasks take roles of their own account only`];
  }
  const role = await facts.role(roleName(arn));
  // A role of this name with another path has another ARN, and is another role.
  if (role === undefined || role.arn !== arn) return [`there is no role ${arn}`];
  const why = whyNotTrusted(role.trustPolicy, tasksPrincipal, serviceArn);
  return why === undefined ? [] : [`role ${roleName(arn)}: ${why}`];
}

/** On instances the agent pulls and logs with the instance's own role; secrets are always the execution role's. */
function whyExecutionRole(
  onFargate: boolean,
  document: TaskDefinitionDocument,
): string | undefined {
  if (onFargate) return 'without which Fargate cannot pull from ECR';
  const secrets = itemsOf(document.containerDefinitions).some(
    (container) => itemsOf(memberAt(container, 'secrets')).length > 0,
  );
  return secrets || secretReferences(document).length > 0
    ? 'without which ECS cannot read its secrets'
    : undefined;
}

/** IAM's calls take the name; in an ARN a path may stand before it. */
function roleName(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
