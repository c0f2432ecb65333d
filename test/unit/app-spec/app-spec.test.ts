import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAppSpec } from '../../../functions/core/app-spec/parse-app-spec.ts';
import {
  type AppSpec,
  hookFunctionNames,
  renderAppSpec,
} from '../../../functions/core/app-spec/render-app-spec.ts';

const appSpec: AppSpec = {
  taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
  container: { name: 'app', port: 8080 },
  hooks: hookFunctionNames('CodeDeployHook_Greengate_'),
};

describe('renderAppSpec', () => {
  it('renders the document of aws-facts 3.4: version 0, one target service, hooks as single-key maps', () => {
    expect(JSON.parse(renderAppSpec(appSpec))).toEqual({
      version: 0,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:4',
              LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
            },
          },
        },
      ],
      Hooks: [
        { BeforeInstall: 'CodeDeployHook_Greengate_BeforeInstall' },
        { AfterInstall: 'CodeDeployHook_Greengate_AfterInstall' },
        { AfterAllowTestTraffic: 'CodeDeployHook_Greengate_AfterAllowTestTraffic' },
        { BeforeAllowTraffic: 'CodeDeployHook_Greengate_BeforeAllowTraffic' },
        { AfterAllowTraffic: 'CodeDeployHook_Greengate_AfterAllowTraffic' },
      ],
    });
  });

  it('renders what parseAppSpec reads back, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 1, max: 65_535 }),
        fc.string(),
        (taskDefinitionArn, name, port, prefix) => {
          const given = {
            taskDefinitionArn,
            container: { name, port },
            hooks: hookFunctionNames(prefix),
          };
          expect(parseAppSpec(renderAppSpec(given))).toEqual(given);
        },
      ),
    );
  });
});

describe('parseAppSpec', () => {
  const change = (edit: (document: Record<string, unknown>) => void) => {
    const document = JSON.parse(renderAppSpec(appSpec));
    edit(document);
    return JSON.stringify(document);
  };

  it.each([
    ['text that is not JSON', 'version: 0.0'],
    ['another version', change((document) => Object.assign(document, { version: 1 }))],
    ['a missing hook', change(({ Hooks }) => (Hooks as unknown[]).pop())],
    ['an unknown hook', change(({ Hooks }) => (Hooks as unknown[]).push({ AfterParty: 'f' }))],
    ['no target service', change((document) => Object.assign(document, { Resources: [] }))],
  ])('refuses %s', (_, text) => {
    expect(() => parseAppSpec(text)).toThrow();
  });
});
