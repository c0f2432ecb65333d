import { describe, expect, it } from 'vitest';
import { configSchema } from '../../../functions/core/config/schema.ts';
import { hookLifecycleEvents } from '../../../functions/core/lifecycle-events.ts';
import { hookName } from '../../../infra/names.ts';
import { repositoryConfig, synthesize } from '../synthesized.ts';
import { actionsOf } from '../template.ts';

const [shop] = repositoryConfig().services;
const custom = { type: 'custom', file: 'check.ts' };

/** Hooks that may describe task definitions, which is how they learn the replacement's image. */
function readersOfTaskDefinitions(checks: unknown): string[] {
  const config = configSchema.parse({ services: [{ ...shop, checks }] });
  const { controller, dispose } = synthesize(config);
  try {
    return hookLifecycleEvents.filter((event) => {
      const role = controller.roleOf(hookName(event));
      return actionsOf(role).includes('ecs:DescribeTaskDefinition');
    });
  } finally {
    dispose();
  }
}

describe('a hook that runs checks of the user’s own', () => {
  it.each([
    ['afterAllowTestTraffic', ['AfterInstall', 'AfterAllowTestTraffic']],
    ['beforeAllowTraffic', ['AfterInstall', 'BeforeAllowTraffic']],
    ['afterAllowTraffic', ['AfterInstall', 'AfterAllowTraffic']],
  ])('may read task definitions at %s, where it runs them', (event, readers) => {
    expect(readersOfTaskDefinitions({ [event]: [custom] })).toEqual(readers);
  });

  it('may not without such a check', () => {
    expect(readersOfTaskDefinitions({})).toEqual(['AfterInstall']);
  });
});
