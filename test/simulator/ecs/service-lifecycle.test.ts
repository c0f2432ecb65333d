import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EcsFixture, taskDefinitionInput } from './ecs-fixture.ts';

let fixture: EcsFixture;
beforeEach(() => {
  fixture = new EcsFixture();
});
afterEach(() => fixture.stop());

describe('a CODE_DEPLOY service', () => {
  it.each([
    ['serviceConnectConfiguration', { serviceConnectConfiguration: { enabled: true } }],
    ['volumeConfigurations', { volumeConfigurations: [{ name: 'data' }] }],
  ])('is refused with %s by name', (name, more) => {
    const taskDefinition = fixture.taskDefinition({ image: fixture.image('v1') });
    const create = () =>
      fixture.model.createService({
        cluster: 'sample',
        serviceName: 'shop',
        taskDefinition,
        launchType: 'FARGATE',
        deploymentController: { type: 'CODE_DEPLOY' },
        loadBalancers: [
          { targetGroupArn: fixture.blue.arn, containerName: 'app', containerPort: 8080 },
        ],
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-a'] } },
        ...more,
      });
    expect(create).toThrow(`Not simulated: ${name}`);
  });

  it('runs real processes of its image behind the production listener', async () => {
    const listener = await fixture.listener();
    const service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }), 2);
    await fixture.model.serviceIsSteady(service);
    const answer = JSON.parse((await fixture.get(listener, '/products')).body);
    expect(answer).toMatchObject({ version: 'v1', path: '/products' });
    expect(answer.env).not.toHaveProperty('VITEST');
    expect(answer.env).not.toHaveProperty('GREENGATE_TASK');
    expect(fixture.view(service.taskSets[0]?.id ?? '')).toMatchObject({
      status: 'PRIMARY',
      computedDesiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      stabilityStatus: 'STEADY_STATE',
    });
    expect(fixture.logs.filter(({ message }) => message === 'listening')).toHaveLength(2);
    expect(fixture.logs[0]).toMatchObject({
      group: '/shop',
      stream: expect.stringMatching(/^shop\/app\/[0-9a-f]{32}$/),
    });
  });

  it('resolves a tag once per task set and starts later tasks by digest', async () => {
    await fixture.listener();
    const service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }));
    await fixture.model.serviceIsSteady(service);
    fixture.model.updateService({ cluster: 'sample', service: 'shop', desiredCount: 2 });
    await fixture.until(() => service.taskSets[0]?.stabilityStatus === 'STEADY_STATE');
    expect(fixture.pulls).toEqual([
      expect.stringMatching(/team\/shop:v1$/),
      expect.stringMatching(/team\/shop@sha256:/),
    ]);
  });

  it('replaces a task whose essential container exits, and says why it stopped', async () => {
    await fixture.listener();
    const crash = `import http from 'node:http';
      http.createServer((request, response) => {
        response.end('ok');
        if (request.url === '/crash') process.exit(3);
      }).listen(8080);`;
    const service = fixture.service(
      fixture.taskDefinition({ image: fixture.image('v1', { source: crash }) }),
    );
    await fixture.model.serviceIsSteady(service);
    const [first] = fixture.tasks(service);
    const { host, port } = first?.listening.get(8080) ?? { host: '', port: 0 };
    const release = fixture.world.clock.hold('the crash');
    await fetch(`http://${host}:${port}/crash`).catch(() => {});
    await fixture.until(() => first?.lastStatus === 'STOPPED');
    release();
    await fixture.until(
      () => service.taskSets[0]?.stabilityStatus === 'STEADY_STATE' && service.tasks.size === 2,
    );
    expect(first?.stopCause).toEqual({
      code: 'EssentialContainerExited',
      reason: 'Essential container in task exited',
    });
    expect(first?.containers[0]?.exitCode).toBe(3);
    expect(fixture.world.journal.of('task.stopped')).toHaveLength(1);
  });

  it('does not wait out the longest start of a container that listens on another port', async () => {
    await fixture.listener();
    const source = `import http from 'node:http'; http.createServer().listen(9999);`;
    const service = fixture.service(
      fixture.taskDefinition({ image: fixture.image('v1', { source }) }),
    );
    await fixture.until(() => fixture.tasks(service).some((task) => task.isRunning));
    const [task] = fixture.tasks(service);
    expect([...(task?.listening.keys() ?? [])]).toEqual([9999]);
  }, 4_000);

  it('backs off while its image cannot be pulled, and recovers when it can', async () => {
    await fixture.listener();
    const service = fixture.service(fixture.taskDefinition({ image: 'missing/image:v9' }));
    await fixture.until(() => fixture.pulls.length === 4);
    const [first] = fixture.tasks(service);
    expect(first?.stopCause).toEqual({
      code: 'TaskFailedToStart',
      reason: 'CannotPullContainerError: missing/image:v9: not found',
    });
    const starts = fixture.tasks(service).map(({ createdAtMs }) => createdAtMs);
    const gaps = starts
      .slice(1)
      .map((start, index) => Math.round((start - (starts[index] ?? 0)) / 1_000));
    expect(gaps).toEqual([25, 35, 55]);
    expect(service.events.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('is unable to consistently start tasks successfully.'),
    );
  });

  it('fails to start a program that a rehearsal does not have', async () => {
    await fixture.listener();
    const image = fixture.image('v1', { command: ['java', '-jar', 'shop.jar'] });
    const service = fixture.service(fixture.taskDefinition({ image }));
    await fixture.until(() => fixture.tasks(service)[0]?.lastStatus === 'STOPPED');
    expect(fixture.tasks(service)[0]?.stopCause).toMatchObject({
      code: 'TaskFailedToStart',
      reason: expect.stringMatching(
        /^CannotStartContainerError: .*exec: "java": executable file not found in \$PATH/,
      ),
    });
  });

  it('stops a task that fails load balancer health checks, after the grace period', async () => {
    await fixture.listener();
    const source = `import http from 'node:http';
      http.createServer((_request, response) => response.writeHead(500).end()).listen(8080);`;
    const service = fixture.service(
      fixture.taskDefinition({ image: fixture.image('v1', { source }) }),
      1,
      120,
    );
    await fixture.until(() => fixture.tasks(service)[0]?.stopCause !== undefined);
    const [first] = fixture.tasks(service);
    expect(first?.stopCause).toEqual({
      code: 'ServiceSchedulerInitiated',
      reason: `Task failed ELB health checks in (target-group ${fixture.blue.arn})`,
    });
    expect((first?.stoppingAtMs ?? 0) - (first?.startedAtMs ?? 0)).toBeGreaterThanOrEqual(120_000);
    expect(first?.lastStatus).toBe('DEACTIVATING');
    expect(service.events.map(({ message }) => message)).toContainEqual(
      // Developer guide, "service unhealthy event messages", Fargate with taskSet.
      `(service shop, taskSet ${first?.launch.startedBy}) (task ${first?.id}) (port 8080) is unhealthy in (target-group ${fixture.blue.arn}) due to (reason Health checks failed with these codes: [500]).`,
    );
  });

  it('drains before it stops a task that is scaled in, and keeps it describable for an hour', async () => {
    await fixture.listener();
    const service = fixture.service(fixture.taskDefinition({ image: fixture.image('v1') }), 2);
    await fixture.model.serviceIsSteady(service);
    fixture.model.updateService({ cluster: 'sample', service: 'shop', desiredCount: 1 });
    const stopping = fixture
      .tasks(service)
      .find(({ desiredStatus }) => desiredStatus === 'STOPPED');
    expect(stopping?.lastStatus).toBe('DEACTIVATING');
    expect(
      fixture.elbv2
        .targetHealth(fixture.blue.arn)
        .map(({ state }) => state)
        .sort(),
    ).toEqual(['draining', 'healthy']);
    await fixture.world.clock.sleep(31_000);
    await fixture.until(() => stopping?.lastStatus === 'STOPPED');
    expect(stopping?.containers[0]?.exitCode).toBe(0);
    await fixture.world.clock.sleep(3_500_000);
    expect(service.tasks.has(stopping as never)).toBe(true);
    await fixture.world.clock.sleep(200_000);
    expect(service.tasks.has(stopping as never)).toBe(false);
  });

  it('keeps running when a container that is not essential exits', async () => {
    await fixture.listener();
    const image = fixture.image('v1');
    const sidecar = fixture.image('sidecar', { source: 'setTimeout(() => process.exit(4), 1);' });
    const app = taskDefinitionInput({ image }).containerDefinitions ?? [];
    const service = fixture.service(
      fixture.taskDefinition(
        {},
        { containerDefinitions: [...app, { name: 'sidecar', image: sidecar, essential: false }] },
      ),
    );
    await fixture.model.serviceIsSteady(service);
    const [task] = fixture.tasks(service);
    await fixture.until(() => task?.containers[1]?.lastStatus === 'STOPPED');
    expect(task?.containers.map(({ lastStatus, exitCode }) => [lastStatus, exitCode])).toEqual([
      ['RUNNING', undefined],
      ['STOPPED', 4],
    ]);
    expect(task?.lastStatus).toBe('RUNNING');
    expect(fixture.world.journal.of('task.started')).toHaveLength(1);
  });
});
