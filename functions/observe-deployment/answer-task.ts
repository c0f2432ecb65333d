import type { DeploymentRecord } from '../core/deployment/deployment-record.ts';
import { taskAnswer } from '../core/deployment/task-answer.ts';
import type { ConcludeDeps } from './conclude-deps.ts';

/** Answers the waiting task. A second or late answer is harmless: Step Functions says `gone` (aws-facts 5.3). */
export async function answerTask(
  taskToken: string,
  record: DeploymentRecord,
  { workflow, log }: Pick<ConcludeDeps, 'workflow' | 'log'>,
): Promise<void> {
  const answer = taskAnswer(record);
  const accepted =
    answer.kind === 'success'
      ? await workflow.sendTaskSuccess(taskToken, answer.output)
      : await workflow.sendTaskFailure(taskToken, { error: answer.error, cause: answer.cause });
  const { deploymentId, rollbackDeploymentId, outcome, reason, release } = record;
  const { service } = release;
  log.info('task answered', {
    deploymentId,
    rollbackDeploymentId,
    service,
    outcome,
    reason,
    accepted,
  });
}
