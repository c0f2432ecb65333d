import { describe, expect, it } from 'vitest';
import { targetGroupRoles } from '../../../functions/core/hooks/target-group-roles.ts';
import { deploymentTarget } from '../../support/fakes/fake-deployments.ts';
import { codeDeployService, taskSet } from '../../support/fakes/fake-ecs-services.ts';
import { blueGroup, greenGroup } from '../../support/fakes/fake-load-balancing.ts';

const pair = [blueGroup, greenGroup];
const deploymentId = 'd-AAAAAAAA1';
const line = (taskSetId: string, label: 'Blue' | 'Green' | undefined, targetGroupName: string) => ({
  taskSetId,
  label,
  status: 'ACTIVE',
  trafficWeight: 0,
  targetGroupName,
});

describe('targetGroupRoles', () => {
  it('takes the group of the task set that the deployment made', () => {
    const made = taskSet({
      id: 'ecs-svc/2',
      externalId: deploymentId,
      status: 'ACTIVE',
      targetGroupArn: greenGroup.arn,
    });

    const roles = targetGroupRoles(
      pair,
      deploymentId,
      codeDeployService([taskSet(), made]),
      undefined,
    );

    expect(roles).toEqual({ replacement: greenGroup, original: blueGroup });
  });

  it('follows the alternation: the replacement may well be in the group called blue', () => {
    const primary = taskSet({ targetGroupArn: greenGroup.arn });
    const made = taskSet({
      id: 'ecs-svc/2',
      externalId: deploymentId,
      status: 'ACTIVE',
      targetGroupArn: blueGroup.arn,
    });

    const roles = targetGroupRoles(
      pair,
      deploymentId,
      codeDeployService([primary, made]),
      undefined,
    );

    expect(roles).toEqual({ replacement: blueGroup, original: greenGroup });
  });

  it('falls back to the line labelled Green, as after a rollback deleted the task set', () => {
    const target = deploymentTarget({}, [
      line('ecs-svc/1', 'Blue', 'shop-green'),
      line('ecs-svc/2', 'Green', 'shop-blue'),
    ]);

    const roles = targetGroupRoles(pair, deploymentId, codeDeployService([]), target);

    expect(roles).toEqual({ replacement: blueGroup, original: greenGroup });
  });

  it('reads old samples without labels by the id of the task set', () => {
    const made = taskSet({ id: 'ecs-svc/2', externalId: deploymentId, targetGroupArn: undefined });
    const target = deploymentTarget({}, [
      line('ecs-svc/1', undefined, 'shop-blue'),
      line('ecs-svc/2', undefined, 'shop-green'),
    ]);

    const roles = targetGroupRoles(pair, deploymentId, codeDeployService([made]), target);

    expect(roles?.replacement).toEqual(greenGroup);
  });

  it('before a replacement exists knows the original by the PRIMARY task set', () => {
    const roles = targetGroupRoles(pair, deploymentId, codeDeployService(), undefined);

    expect(roles).toEqual({ original: blueGroup, replacement: greenGroup });
  });

  it.each([
    ['a pair of one', [blueGroup], [taskSet()]],
    ['a PRIMARY task set behind a foreign group', pair, [taskSet({ targetGroupArn: 'arn:other' })]],
    [
      'only the replacement, behind a foreign group',
      pair,
      [taskSet({ externalId: deploymentId, targetGroupArn: 'arn:other' })],
    ],
  ])('does not guess with %s', (_, groups, taskSets) => {
    expect(
      targetGroupRoles(groups, deploymentId, codeDeployService(taskSets), undefined),
    ).toBeUndefined();
  });
});
