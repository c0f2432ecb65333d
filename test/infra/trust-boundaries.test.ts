import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import { hookName } from '../../infra/names.ts';
import { repositoryConfig, type Synthesized, synthesize } from './synthesized.ts';
import { actionsOf, statementsOf } from './template.ts';

let synthesized: Synthesized;
beforeAll(() => {
  const { services, ...config } = repositoryConfig();
  const other = services.map((service) => ({
    ...service,
    name: 'blog',
    target: { ...service.target, application: 'blog', deploymentGroup: 'production' },
  }));
  synthesized = synthesize({ ...config, services: [...services, ...other] });
});
afterAll(() => synthesized.dispose());

function resourcesOf(functionName: string, action: string): string[] {
  return statementsOf(synthesized.controller.roleOf(functionName))
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resources }) => resources)
    .map((resource) => JSON.stringify(resource))
    .toSorted();
}

describe('what a role can reach', () => {
  it.each(hookLifecycleEvents)(
    '%s reports on deployments of the configured groups alone',
    (event) => {
      const resources = resourcesOf(
        hookName(event),
        'codedeploy:PutLifecycleEventHookExecutionStatus',
      );

      expect(resources).toHaveLength(2);
      expect(resources[0]).toContain(':deploymentgroup:blog/production"');
      expect(resources[1]).toContain(':deploymentgroup:shop/shop"');
      expect(resources.join()).not.toContain('*');
    },
  );

  it('executions are logged without their data, as the tokens of tasks are in it', () => {
    const [machine] = synthesized.controller.ofType('AWS::StepFunctions::StateMachine');

    expect(machine?.properties.LoggingConfiguration).toMatchObject({ IncludeExecutionData: false });
  });
});

describe('what no role may do', () => {
  it.each([
    'codedeploy:ListApplications',
    'codedeploy:ListDeploymentGroups',
    'codedeploy:BatchGetDeploymentGroups',
    'codedeploy:UpdateDeploymentGroup',
    'secretsmanager:PutSecretValue',
    'lambda:UpdateFunctionCode',
    'iam:PutRolePolicy',
    'events:PutEvents',
  ])('%s', (forbidden) => {
    const { controller } = synthesized;
    const allowed = controller.ofType('AWS::IAM::Role').flatMap(actionsOf);

    expect(allowed.length).toBeGreaterThan(50);
    expect(allowed).not.toContain(forbidden);
  });
});
