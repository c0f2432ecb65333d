import type { PreflightCheck } from '../preflight-check.ts';
import type { TrafficCheckFacts } from './traffic-facts.ts';

export const tasksWanted: PreflightCheck<TrafficCheckFacts> = {
  id: 'tasks-wanted',
  title: 'The service wants at least one task, which can prove the release',
  remedy: 'Raise the desired count of the service, then redrive the execution',

  async judge(facts) {
    const { desiredCount } = await facts.existingService();
    if (desiredCount > 0) {
      return { status: 'OK', observed: `${desiredCount} ${desiredCount === 1 ? 'task' : 'tasks'}` };
    }
    const { cluster, service } = facts.subject.service.target;
    return {
      status: 'NG',
      // Nothing would be there to probe: production answers 503, and a rollout of no tasks is over at once.
      expected: 'a desired count of 1 or more, because what no task runs no check can prove',
      observed: 'a desired count of 0',
      remedy: `aws ecs update-service --cluster ${cluster} --service ${service} --desired-count 1, then redrive the execution`,
    };
  },
};
