import { describe, expect, it } from 'vitest';
import { logStreamOf } from '../../../functions/core/task-definition/log-stream.ts';

const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/prod/0123456789abcdef';
const document = (logConfiguration: unknown) => ({
  containerDefinitions: [{ name: 'sidecar' }, { name: 'app', logConfiguration }],
});
const options = { 'awslogs-group': '/shop', 'awslogs-stream-prefix': 'app' };

describe('logStreamOf', () => {
  it('is where the awslogs driver writes', () => {
    expect(logStreamOf(document({ logDriver: 'awslogs', options }), 'app', taskArn)).toEqual({
      logGroup: '/shop',
      logStream: 'app/app/0123456789abcdef',
    });
  });

  it.each([
    ['another driver', { logDriver: 'splunk', options }],
    ['no prefix', { logDriver: 'awslogs', options: { 'awslogs-group': '/shop' } }],
    ['no configuration', undefined],
  ])('is nowhere to be found with %s', (_, configuration) => {
    expect(logStreamOf(document(configuration), 'app', taskArn)).toBeUndefined();
  });
});
