import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planStack } from '../../../simulator/cloudformation/plan-stack.ts';
import { TemplateRefusedError } from '../../../simulator/cloudformation/template-refused-error.ts';
import { buildModels, resourceProviders } from '../../../simulator/models.ts';
import { type Synthesized, synthesize } from '../../infra/synthesized.ts';
import { testWorld } from './loading.ts';

let synthesized: Synthesized;
let testing: ReturnType<typeof testWorld>;
beforeAll(() => {
  synthesized = synthesize();
  testing = testWorld();
});
afterAll(() => {
  testing.stop();
  synthesized.dispose();
});

describe('the templates of this repository', () => {
  it.each(['sample', 'controller'] as const)('declare nothing that is not modelled: %s', (name) => {
    const providers = resourceProviders(buildModels(testing.world), testing.world);
    const source = { stackName: name, templateBody: JSON.stringify(synthesized[name].json) };
    const ssm = { '/cdk-bootstrap/hnb659fds/version': '30' };
    try {
      const plan = planStack(testing.model, providers, source, { given: {}, ssm }, 'any');
      expect(plan.order).toHaveLength(synthesized[name].resources.length);
    } catch (error) {
      // The list of problems says more than the error's first line in a test report.
      if (!(error instanceof TemplateRefusedError)) throw error;
      expect(error.problems).toEqual([]);
    }
  });
});
