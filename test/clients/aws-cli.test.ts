import { writeFile } from 'node:fs/promises';
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

it(
  'the AWS CLI rolls a service, and deploys blue/green with a hook that lets pass, then one that refuses',
  async (context) => {
    if (missing) return context.skip(missing);
    await pushVersions(client.simulator, ['v1', 'v2']);
    const ground = await aws.prepareGround();

    await aws.createService('rolling', ground, ['--desired-count', '2']);
    await aws.run('ecs wait services-stable --cluster shop --services rolling');
    await aws.run('ecs update-service --cluster shop --service rolling --task-definition shop:2');
    await aws.run('ecs wait services-stable --cluster shop --services rolling');
    expect(
      await aws.json(
        'ecs describe-services --cluster shop --services rolling --query services[0].deployments[].[status,rolloutState,runningCount]',
      ),
    ).toEqual([['PRIMARY', 'COMPLETED', 2]]);
    expect(
      await aws.json(
        'ecs list-tasks --cluster shop --service-name rolling --page-size 1 --query length(taskArns)',
      ),
    ).toBe(2);

    await aws.createService('blue', ground, ['--deployment-controller', 'type=CODE_DEPLOY']);
    await aws.createDeploymentGroup(ground);
    await aws.createHook();
    const good = await aws.createDeployment('shop:2');
    await aws.run(`deploy wait deployment-successful --deployment-id ${good}`);
    expect(await aws.events(good)).toEqual([
      ['BeforeInstall', 'Succeeded'],
      ['Install', 'Succeeded'],
      ['AfterInstall', 'Succeeded'],
      ['AllowTestTraffic', 'Succeeded'],
      ['AfterAllowTestTraffic', 'Succeeded'],
      ['BeforeAllowTraffic', 'Succeeded'],
      ['AllowTraffic', 'Succeeded'],
      ['AfterAllowTraffic', 'Succeeded'],
    ]);
    const address = client.simulator.listeners().find(({ name }) => name.endsWith(':80'))?.address;
    expect(await (await fetch(`http://${address}/bought`)).text()).toBe('v2');
    expect(
      await aws.json([
        ...'logs filter-log-events --log-group-name /ecs/shop --query events[].message'.split(' '),
        '--filter-pattern',
        '{ $.version = "v2" && $.path = "/bought" }',
      ]),
    ).toEqual(['{"version":"v2","path":"/bought"}']);

    await aws.run(
      'lambda update-function-configuration --function-name hook --environment Variables={STATUS=Failed}',
    );
    await aws.run('lambda wait function-updated --function-name hook');
    const bad = await aws.createDeployment('shop:1');
    const waited = await aws.try(`deploy wait deployment-successful --deployment-id ${bad}`);
    expect(waited).toMatchObject({
      exitCode: 255,
      stderr: expect.stringContaining('Waiter DeploymentSuccessful failed'),
    });
    expect(
      await aws.json(
        `deploy get-deployment --deployment-id ${bad} --query deploymentInfo.[status,errorInformation.code]`,
      ),
    ).toEqual(['Failed', 'HOOK_EXECUTION_FAILURE']);
    expect(
      await aws.json(
        'deploy list-deployments --application-name shop --deployment-group-name shop --include-only-statuses Failed --query deployments',
      ),
    ).toEqual([bad]);
  },
  clientTimeoutMs,
);

it(
  'the AWS CLI deploys a stack twice, copies to a bucket and back, and runs a state machine',
  async (context) => {
    if (missing) return context.skip(missing);
    const template = `
      Parameters: { Delay: { Type: Number, Default: 0 } }
      Resources:
        Queue: { Type: AWS::SQS::Queue, Properties: { QueueName: orders, DelaySeconds: !Ref Delay } }
      Outputs: { Name: { Value: !GetAtt Queue.QueueName } }`;
    await writeFile(join(client.folder, 'stack.yaml'), template);
    const deploy = 'cloudformation deploy --stack-name orders --template-file stack.yaml';
    await aws.run(deploy);
    await aws.run(`${deploy} --parameter-overrides Delay=5`);
    expect(
      await aws.json(
        'cloudformation describe-stacks --stack-name orders --query Stacks[0].[StackStatus,Outputs[0].OutputValue,Parameters[0].ParameterValue]',
      ),
    ).toEqual(['UPDATE_COMPLETE', 'orders', '5']);

    await writeFile(join(client.folder, 'note.txt'), 'as it was');
    await aws.run('s3 mb s3://notes');
    await aws.run('s3 cp note.txt s3://notes/a/note.txt');
    expect(await aws.run('s3 ls s3://notes --recursive')).toMatch(/ 9 a\/note\.txt$/);
    expect(await aws.run('s3 cp s3://notes/a/note.txt -')).toBe('as it was');

    const role = await aws.createRole('states', 'states');
    const wait = {
      StartAt: 'Rest',
      States: { Rest: { Type: 'Wait', Seconds: 86_400, End: true } },
    };
    const machine = await aws.run([
      ...`stepfunctions create-state-machine --name rest --role-arn ${role} --output text`.split(
        ' ',
      ),
      ...['--query', 'stateMachineArn', '--definition', JSON.stringify(wait)],
    ]);
    const execution = await aws.run(
      `stepfunctions start-execution --state-machine-arn ${machine} --input {"a":1} --query executionArn --output text`,
    );
    const describe = `stepfunctions describe-execution --execution-arn ${execution}`;
    while ((await aws.json(`${describe} --query status`)) === 'RUNNING');
    expect(await aws.json(`${describe} --query [status,output]`)).toEqual(['SUCCEEDED', '{"a":1}']);
    expect(
      await aws.json(
        `stepfunctions get-execution-history --execution-arn ${execution} --page-size 2 --query events[].type`,
      ),
    ).toEqual(['ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'ExecutionSucceeded']);
  },
  clientTimeoutMs,
);
