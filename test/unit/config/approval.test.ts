import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../functions/core/config/parse.ts';

const parse = (target: string, approval: string) =>
  parseConfig(
    `services:
  - name: shop
    image: { repository: team/shop, tags: ["v*"] }
    target: { ${target}, cluster: prod, service: shop, container: app }
    approval: { ${approval} }
`,
    'greengate.yaml',
  );
const codeDeploy = 'strategy: codedeploy, application: shop, deploymentGroup: shop';

function problems(result: ReturnType<typeof parse>): string[] {
  return result.ok ? [] : result.problems.map(({ message }) => message);
}

describe('approval', () => {
  it('is taken with what CodeDeploy deploys', () => {
    expect(problems(parse(codeDeploy, 'required: true, timeoutMinutes: 10'))).toEqual([]);
  });

  it.each([9, 46])('does not wait %i minutes', (minutes) => {
    expect(problems(parse(codeDeploy, `required: true, timeoutMinutes: ${minutes}`))).toHaveLength(
      1,
    );
  });

  it('is refused with a rolling update', () => {
    expect(problems(parse('strategy: ecs-rolling', 'required: true'))).toEqual([
      expect.stringContaining('expected false with strategy ecs-rolling'),
    ]);
    expect(problems(parse('strategy: ecs-rolling', 'required: false'))).toEqual([]);
  });
});
