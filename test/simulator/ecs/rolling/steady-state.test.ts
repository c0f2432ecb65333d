import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { crashSource, RollingFixture } from './rolling-fixture.ts';

let fixture: RollingFixture;
beforeEach(() => {
  fixture = new RollingFixture();
});
afterEach(() => fixture.stop());

describe('waiting for a rolling service, as CloudFormation does', () => {
  it('includes tasks that a higher desired count asks for', async () => {
    const service = fixture.create({ taskDefinition: fixture.version('v1') });
    await fixture.model.serviceIsSteady(service);
    fixture.update({ desiredCount: 2 });
    await fixture.model.serviceIsSteady(service);
    expect(fixture.describe(service)).toMatchObject({ runningCount: 2, pendingCount: 0 });
  });

  it('fails with the rollout, and afterwards waits for its rollback', async () => {
    const service = fixture.create({
      taskDefinition: fixture.version('v1'),
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    await fixture.model.serviceIsSteady(service);
    fixture.update({ taskDefinition: fixture.version('v2', crashSource) });
    await expect(fixture.model.serviceIsSteady(service)).rejects.toThrow(
      "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
    );
    // The stack's own rollback asks for what the service already returns to.
    fixture.update({ taskDefinition: 'shop:1' });
    await fixture.model.serviceIsSteady(service);
    expect(fixture.describe(service)).toMatchObject({
      runningCount: 1,
      taskDefinition: expect.stringMatching(/shop:1$/),
      deployments: [{ rolloutState: 'COMPLETED' }],
    });
    expect(fixture.model.rolling.history.ofService(service)).toHaveLength(2);
  });
});
