import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Synthesized, synthesize } from '../synthesized.ts';
import { statementsOf } from '../template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize();
});
afterAll(() => synthesized.dispose());

describe('roles of the functions', () => {
  it('hand roles to ECS tasks only', () => {
    const passing = statementsOf(
      synthesized.controller.roleOf('greengate-register-task-definition'),
    ).filter(({ actions }) => actions.includes('iam:PassRole'));
    expect(passing).toEqual([
      {
        actions: ['iam:PassRole'],
        resources: ['*'],
        condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ]);
  });

  it('tag task definitions only while registering them, under any family', () => {
    const of = (action: string) =>
      statementsOf(synthesized.controller.roleOf('greengate-register-task-definition')).find(
        ({ actions }) => actions.includes(action),
      );
    // An account whose IAM knows no resource for it would match no ARN (aws-facts 7.1).
    expect(of('ecs:RegisterTaskDefinition')?.resources).toEqual(['*']);
    expect(JSON.stringify(of('ecs:TagResource')?.resources)).toContain(':task-definition/*:*"');
    expect(of('ecs:TagResource')?.condition).toEqual({
      StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' },
    });
  });

  it('name the configured deployment group, with the colon before it', () => {
    const creating = statementsOf(synthesized.controller.roleOf('greengate-run-deployment')).find(
      ({ actions }) => actions.includes('codedeploy:CreateDeployment'),
    );
    expect(JSON.stringify(creating?.resources)).toContain(':deploymentgroup:shop/shop"');
  });

  it('keep what the sweep saw and found to itself', () => {
    const { controller } = synthesized;
    const writers = controller.functionNames.filter((name) =>
      statementsOf(controller.roleOf(name)).some(
        ({ actions, resources }) =>
          actions.includes('s3:PutObject') && /\/(?:sweep|drift)\//.test(JSON.stringify(resources)),
      ),
    );
    expect(writers).toEqual(['greengate-sweep']);
  });

  it('let the starter write pushes only', () => {
    const [writing] = statementsOf(
      synthesized.controller.roleOf('greengate-receive-image-push'),
    ).filter(({ actions }) => actions.includes('s3:PutObject'));
    expect(JSON.stringify(writing?.resources)).toMatch(
      /^\[\{"Fn::Join":\["",\[\{"Fn::GetAtt":\["Records\w+","Arn"\]\},"\/pushes\/\*"\]\]\}\]$/,
    );
  });
});
