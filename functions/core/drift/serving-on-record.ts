import type { PreflightCheck } from '../preflight/preflight-check.ts';
import type { DriftFacts } from './drift-facts.ts';

export const servingOnRecord: PreflightCheck<DriftFacts> = {
  id: 'serving-on-record',
  title: 'What serves production is what the last release, or its rollback, left there',
  remedy: 'Release what should run, or push the image that runs so that it is on record',

  async judge(facts) {
    const [left, primary] = await Promise.all([facts.asLeft(), facts.primaryTaskSet()]);
    if (primary.id === left.taskSetId && primary.taskDefinitionArn === left.taskDefinitionArn) {
      return { status: 'OK', observed: `${left.taskDefinitionArn} in ${left.taskSetId}` };
    }
    const deployment = await facts.servingDeployment();
    const by =
      deployment === undefined
        ? (primary.externalId ?? 'no deployment')
        : `deployment ${deployment.deploymentId}, created by ${deployment.creator ?? 'an unknown creator'}`;
    return {
      status: 'NG',
      expected: `${left.taskDefinitionArn} in task set ${left.taskSetId}${left.deploymentId === undefined ? '' : ` of deployment ${left.deploymentId}`}`,
      observed: `${primary.taskDefinitionArn} in task set ${primary.id} of ${by}`,
      remedy:
        'Somebody deployed by hand: push the image that should run, or leave it; the next release takes what runs for its original',
    };
  },
};
