import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidEventError } from '../../../functions/core/errors.ts';
import { parseDeploymentStateChange } from '../../../functions/core/events/deployment-state-change.ts';

function sample(file: string) {
  return JSON.parse(readFileSync(new URL(`../../../events/${file}`, import.meta.url), 'utf8'));
}

describe('parseDeploymentStateChange', () => {
  it.each([
    ['start', 'START'],
    ['success', 'SUCCESS'],
    ['failure', 'FAILURE'],
    ['stop', 'STOP'],
    ['ready', 'READY'],
    ['rollback-success', 'SUCCESS'],
  ])('reads codedeploy/%s.json as %s', (file, state) => {
    const event = sample(`codedeploy/${file}.json`);
    expect(parseDeploymentStateChange(event)).toEqual({
      kind: 'state-change',
      eventId: event.id,
      deploymentId: event.detail.deploymentId,
      state,
      application: 'shop',
      deploymentGroup: 'shop',
    });
  });

  it('ignores an event of another kind and says which', () => {
    expect(parseDeploymentStateChange(sample('ecr/push.json'))).toEqual({
      kind: 'ignored',
      eventId: '00000000-0000-4000-8000-000000000001',
      reason: 'The event is "ECR Image Action" of aws.ecr, not a deployment state change',
    });
  });

  it.each([
    ['state-change-no-deployment-id.json', 'detail.deploymentId is missing'],
    ['state-change-bad-deployment-id.json', 'detail.deploymentId is "deployment one", expected a'],
    ['state-change-no-state.json', 'detail.state is missing, expected one of START, SUCCESS'],
    ['state-change-unknown-state.json', /detail\.state is ".*", expected one of START, SUCCESS/],
    ['null.json', 'it is null'],
  ])('refuses invalid/%s and names the member', (file, message) => {
    const parse = () => parseDeploymentStateChange(sample(`invalid/${file}`));
    expect(parse).toThrow(InvalidEventError);
    expect(parse).toThrow(message);
  });
});
