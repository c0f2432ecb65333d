import { ECSClient } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { ecsServiceDeployments } from '../../../functions/adapters/ecs-service-deployments.ts';
import { type ScriptedAnswer, scriptedAws } from '../../support/scripted-aws.ts';

const request = {
  cluster: 'prod',
  service: 'shop',
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
  circuitBreaker: true,
};

describe('ecsServiceDeployments', () => {
  it.each([
    [500, 'ServerException', 1],
    [400, 'ThrottlingException', 3],
  ])(
    'asks for a rollout once when the answer is %i %s, unless nothing was done',
    async (status, name, times) => {
      const refused: ScriptedAnswer = { status, body: { __type: name, message: 'not now' } };
      await using aws = await scriptedAws(({ operation }) =>
        operation === 'UpdateService' ? refused : { body: { services: [{}] } },
      );
      const client = new ECSClient({ ...aws.client, maxAttempts: 3 });

      await expect(ecsServiceDeployments(client).start(request)).rejects.toMatchObject({
        name: 'TransientAwsError',
        message: `ecs:UpdateService on prod/shop failed for now: ${name}: not now`,
      });
      const asked = aws.calls.filter(({ operation }) => operation === 'UpdateService');
      expect(asked).toHaveLength(times);
      client.destroy();
    },
  );
});
