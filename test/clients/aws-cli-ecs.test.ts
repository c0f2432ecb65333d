import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AwsCli } from './aws-cli.ts';
import { clientTimeoutMs, ForeignClient, missingClient } from './foreign-client.ts';
import { pushVersions } from './push-versions.ts';

const missing = missingClient('aws', '--version');

let client: ForeignClient;
let aws: AwsCli;
beforeEach(async () => {
  client = await ForeignClient.start();
  aws = new AwsCli(client);
});
afterEach(() => client.stop());

const control = async (operation: string, input: object = {}) => {
  const response = await fetch(`${client.simulator.endpoint}/_greengate/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(await response.text());
};

it(
  'the AWS CLI waits for tasks that run and stop, and for a service that is gone',
  async (context) => {
    if (missing) return context.skip(missing);
    await pushVersions(client.simulator, ['v1', 'v2']);
    const ground = await aws.prepareGround();
    const task = await aws.text([
      ...'ecs run-task --cluster shop --task-definition shop:1 --launch-type FARGATE --query tasks[0].taskArn'.split(
        ' ',
      ),
      '--network-configuration',
      ground.network,
    ]);
    await aws.run(`ecs wait tasks-running --cluster shop --tasks ${task}`);
    await aws.run(`ecs stop-task --cluster shop --task ${task} --reason enough`);
    await aws.run(`ecs wait tasks-stopped --cluster shop --tasks ${task}`);
    expect(
      await aws.json(
        `ecs describe-tasks --cluster shop --tasks ${task} --query tasks[0].[lastStatus,stopCode,stoppedReason]`,
      ),
    ).toEqual(['STOPPED', 'UserInitiated', 'enough']);

    const broken = await aws.try('ecs wait services-stable --cluster shop --services nobody');
    expect(broken).toMatchObject({
      exitCode: 255,
      stderr: expect.stringContaining('Waiter ServicesStable failed'),
    });
    await aws.createService('rolling', ground, ['--desired-count', '1']);
    await aws.run('ecs wait services-stable --cluster shop --services rolling');
    await aws.run('ecs delete-service --cluster shop --service rolling --force');
    await aws.run('ecs wait services-inactive --cluster shop --services rolling');
    expect(
      await aws.json(
        'ecs describe-services --cluster shop --services rolling --query services[0].status',
      ),
    ).toBe('INACTIVE');
  },
  clientTimeoutMs,
);

it(
  '`aws ecs deploy` registers a task definition, deploys it through CodeDeploy and waits',
  async (context) => {
    if (missing) return context.skip(missing);
    await pushVersions(client.simulator, ['v1', 'v2']);
    const ground = await aws.prepareGround();
    await aws.createService('blue', ground, ['--deployment-controller', 'type=CODE_DEPLOY']);
    await aws.createDeploymentGroup(ground);

    const described = await aws.json(
      'ecs describe-task-definition --task-definition shop:2 --query taskDefinition.{family:family,containerDefinitions:containerDefinitions,cpu:cpu,memory:memory,networkMode:networkMode,requiresCompatibilities:requiresCompatibilities,executionRoleArn:executionRoleArn}',
    );
    await writeFile(join(client.folder, 'task.json'), JSON.stringify(described));
    // In the lower case that the command itself documents.
    const spec = {
      version: 0.0,
      resources: [
        {
          blue: {
            type: 'AWS::ECS::Service',
            properties: {
              taskDefinition: '<TASK_DEFINITION>',
              loadBalancerInfo: { containerName: 'app', containerPort: 8080 },
            },
          },
        },
      ],
    };
    await writeFile(join(client.folder, 'appspec.json'), JSON.stringify(spec));
    const deploy =
      'ecs deploy --cluster shop --service blue --task-definition task.json --codedeploy-appspec appspec.json --codedeploy-application shop --codedeploy-deployment-group shop';
    const said = await aws.run(deploy);
    expect(said).toContain('Successfully registered new ECS task definition');
    expect(said).toMatch(/Successfully deployed .*task-definition\/shop:3.* to service 'blue'/);
    const address = client.simulator.listeners().find(({ name }) => name.endsWith(':80'))?.address;
    expect(await (await fetch(`http://${address}/`)).text()).toBe('v2');
    expect(JSON.parse(await readFile(join(client.folder, 'appspec.json'), 'utf8'))).toEqual(spec);
  },
  clientTimeoutMs,
);

it(
  'the AWS CLI sees a canary stop for its alarm, and lets traffic go on with continue-deployment',
  async (context) => {
    if (missing) return context.skip(missing);
    await pushVersions(client.simulator, ['v1', 'v2']);
    const ground = await aws.prepareGround();
    await aws.createService('blue', ground, ['--deployment-controller', 'type=CODE_DEPLOY']);
    await aws.createDeploymentGroup(ground);

    await aws.run(
      'cloudwatch put-metric-alarm --alarm-name errors --namespace Shop --metric-name Errors --statistic Sum --period 60 --evaluation-periods 1 --threshold 0 --comparison-operator GreaterThanThreshold --treat-missing-data ignore',
    );
    const group =
      'deploy update-deployment-group --application-name shop --current-deployment-group-name shop';
    await aws.run(
      `${group} --alarm-configuration enabled=true,alarms=[{name=errors}] --auto-rollback-configuration enabled=true,events=[DEPLOYMENT_STOP_ON_ALARM]`,
    );
    await aws.run(
      'cloudwatch set-alarm-state --alarm-name errors --state-value ALARM --state-reason test',
    );
    const refused = await aws.createDeployment('shop:2', []);
    await aws.try(`deploy wait deployment-successful --deployment-id ${refused}`);
    expect(
      await aws.json(
        `deploy get-deployment --deployment-id ${refused} --query deploymentInfo.[status,errorInformation.code]`,
      ),
    ).toEqual(['Stopped', 'ALARM_ACTIVE']);

    await aws.run([
      ...`${group} --alarm-configuration enabled=false --blue-green-deployment-configuration`.split(
        ' ',
      ),
      'terminateBlueInstancesOnDeploymentSuccess={action=TERMINATE,terminationWaitTimeInMinutes=5},deploymentReadyOption={actionOnTimeout=STOP_DEPLOYMENT,waitTimeInMinutes=60}',
    ]);
    // Else time jumps over the wait before the next command comes.
    await control('pause');
    const waiting = await aws.createDeployment('shop:2', []);
    const status = `deploy get-deployment --deployment-id ${waiting} --query deploymentInfo.status`;
    while ((await aws.text(status)) !== 'Ready') await control('advance', { ms: 60_000 });
    await aws.run(
      `deploy continue-deployment --deployment-id ${waiting} --deployment-wait-type READY_WAIT`,
    );
    await control('resume');
    await aws.run(`deploy wait deployment-successful --deployment-id ${waiting}`);
    const address = client.simulator.listeners().find(({ name }) => name.endsWith(':80'))?.address;
    expect(await (await fetch(`http://${address}/`)).text()).toBe('v2');
  },
  clientTimeoutMs,
);
