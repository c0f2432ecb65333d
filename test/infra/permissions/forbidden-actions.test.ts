import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Synthesized, synthesize } from '../synthesized.ts';
import { actionsOf } from '../template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

describe('roles of the functions', () => {
  it.each([
    'ecs:DeregisterTaskDefinition',
    'ecs:UpdateService',
    'elasticloadbalancing:ModifyListener',
    'elasticloadbalancing:ModifyRule',
    'ecr:PutImage',
    's3:DeleteObject',
    'lambda:InvokeFunction',
    'iam:CreateRole',
  ])('no function may use %s', (forbidden) => {
    const { controller } = synthesized;
    const allowed = controller.functionNames.flatMap((name) => actionsOf(controller.roleOf(name)));
    expect(allowed).not.toContain(forbidden);
  });

  it.each([
    ['codedeploy:ContinueDeployment', ['greengate-run-deployment']],
    [
      'codedeploy:StopDeployment',
      [
        'greengate-run-deployment',
        'greengate-observe-task',
        'greengate-observe-execution',
        'greengate-sweep',
      ],
    ],
    ['codedeploy:CreateDeployment', ['greengate-run-deployment']],
    ['states:StartExecution', ['greengate-receive-image-push', 'greengate-sweep']],
  ])('%s is for %s alone', (action, functions) => {
    const { controller } = synthesized;
    const holders = controller.functionNames.filter((name) =>
      actionsOf(controller.roleOf(name)).includes(action),
    );
    expect(holders).toEqual(functions);
  });

  it('have no wildcard in an action', () => {
    const roles = [synthesized.controller, synthesized.sample].flatMap((each) =>
      each.ofType('AWS::IAM::Role'),
    );
    expect(roles.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
  });

  it('are one for each function', () => {
    const { controller } = synthesized;
    const roles = controller.functionNames.map((name) => controller.roleOf(name).logicalId);
    expect(new Set(roles).size).toBe(16);
  });
});
