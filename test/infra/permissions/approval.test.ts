import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryConfig, type Synthesized, synthesize } from '../synthesized.ts';
import { actionsOf } from '../template.ts';

describe('roles of the functions of services that want approval', () => {
  let synthesized: Synthesized;
  let approving: Synthesized;
  beforeAll(() => {
    synthesized = synthesize();
    const { services, ...config } = repositoryConfig();
    const approval = { required: true, timeoutMinutes: 45 };
    approving = synthesize({ ...config, services: services.map((one) => ({ ...one, approval })) });
  });
  afterAll(() => {
    synthesized.dispose();
    approving.dispose();
  });

  it('let one hook ask and the sweep give up; no other function gains', () => {
    const gained = approving.controller.functionNames.flatMap((name) => {
      const before = actionsOf(synthesized.controller.roleOf(name));
      const now = actionsOf(approving.controller.roleOf(name));
      return now.filter((action) => !before.includes(action)).map((action) => `${name} ${action}`);
    });

    expect(gained.toSorted()).toEqual([
      'CodeDeployHook_Greengate_BeforeAllowTraffic sns:Publish',
      'greengate-sweep codedeploy:PutLifecycleEventHookExecutionStatus',
    ]);
  });
});
