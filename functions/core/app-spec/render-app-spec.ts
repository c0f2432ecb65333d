import { type HookLifecycleEvent, hookLifecycleEvents } from '../lifecycle-events.ts';

/** What an AppSpec of ours says (aws-facts 3.4); everything else is inherited from the original task set. */
export interface AppSpec {
  /** Full ARN with its revision. */
  readonly taskDefinitionArn: string;
  readonly container: { readonly name: string; readonly port: number };
  /** Function name (or ARN) by lifecycle event. */
  readonly hooks: Readonly<Record<HookLifecycleEvent, string>>;
}

/** Names of the five hook functions, one per lifecycle event because the payload names none (design D6). */
export function hookFunctionNames(prefix: string): Record<HookLifecycleEvent, string> {
  return {
    BeforeInstall: `${prefix}BeforeInstall`,
    AfterInstall: `${prefix}AfterInstall`,
    AfterAllowTestTraffic: `${prefix}AfterAllowTestTraffic`,
    BeforeAllowTraffic: `${prefix}BeforeAllowTraffic`,
    AfterAllowTraffic: `${prefix}AfterAllowTraffic`,
  };
}

/** The AppSpec as the JSON text that CodeDeploy takes as content; hooks are a list of single-key maps. */
export function renderAppSpec(appSpec: AppSpec): string {
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        TargetService: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: appSpec.taskDefinitionArn,
            LoadBalancerInfo: {
              ContainerName: appSpec.container.name,
              ContainerPort: appSpec.container.port,
            },
          },
        },
      },
    ],
    Hooks: hookLifecycleEvents.map((event) => ({ [event]: appSpec.hooks[event] })),
  });
}
