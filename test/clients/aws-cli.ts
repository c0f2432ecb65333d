import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipOf } from '../simulator/lambda/zip-fixture.ts';
import type { ClientAnswer, ForeignClient } from './foreign-client.ts';

/** What the journeys of the CLI stand on; all of it made by the CLI. */
export interface Ground {
  readonly network: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly production: string;
  readonly test: string;
}

const account = '123456789012';
const hook = `
import { CodeDeployClient, PutLifecycleEventHookExecutionStatusCommand } from '@aws-sdk/client-codedeploy';
const client = new CodeDeployClient({});
export async function handler({ DeploymentId: deploymentId, LifecycleEventHookExecutionId: lifecycleEventHookExecutionId }) {
  const status = process.env.STATUS ?? 'Succeeded';
  await client.send(new PutLifecycleEventHookExecutionStatusCommand({ deploymentId, lifecycleEventHookExecutionId, status }));
}`;

/** The `aws` command against a simulator. Commands are words with single spaces, or a list where words have spaces. */
export class AwsCli {
  readonly #client: ForeignClient;

  constructor(client: ForeignClient) {
    this.#client = client;
  }

  try(command: string | readonly string[]): Promise<ClientAnswer> {
    return this.#client.run('aws', words(command));
  }

  /** Output of a command that must succeed. */
  run(command: string | readonly string[]): Promise<string> {
    return this.#client.output('aws', words(command));
  }

  async json(command: string | readonly string[]): Promise<unknown> {
    return JSON.parse(await this.run([...words(command), '--output', 'json']));
  }

  async text(command: string | readonly string[]): Promise<string> {
    return this.run([...words(command), '--output', 'text']);
  }

  /** Resolves with the role's ARN. */
  createRole(name: string, service: string): Promise<string> {
    const trust = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: `${service}.amazonaws.com` },
          Action: 'sts:AssumeRole',
        },
      ],
    };
    return this.text([
      ...words(`iam create-role --role-name ${name} --query Role.Arn`),
      ...['--assume-role-policy-document', JSON.stringify(trust)],
    ]);
  }

  /** Cluster, two revisions of a task definition, balancer, listeners and target groups. */
  async prepareGround(): Promise<Ground> {
    const vpc = await this.text(
      'ec2 describe-vpcs --filters Name=is-default,Values=true --query Vpcs[0].VpcId',
    );
    const subnets = await this.text(
      `ec2 describe-subnets --filters Name=vpc-id,Values=${vpc} --query Subnets[].SubnetId`,
    );
    const subnetIds = subnets.split(/\s+/);
    await this.run('ecs create-cluster --cluster-name shop');
    await this.run('logs create-log-group --log-group-name /ecs/shop');
    const role = await this.createRole('execution', 'ecs-tasks');
    await this.attach('execution', 'service-role/AmazonECSTaskExecutionRolePolicy');
    for (const version of ['v1', 'v2']) await this.#registerTaskDefinition(version, role);
    const balancer = await this.text(
      `elbv2 create-load-balancer --name web --query LoadBalancers[0].LoadBalancerArn --subnets ${subnetIds.join(' ')}`,
    );
    await this.run(`elbv2 wait load-balancer-available --load-balancer-arns ${balancer}`);
    const groups: Record<string, string> = {};
    for (const name of ['rolling', 'blue', 'green']) {
      groups[name] = await this.text(
        `elbv2 create-target-group --name ${name} --protocol HTTP --port 8080 --target-type ip --vpc-id ${vpc} --query TargetGroups[0].TargetGroupArn`,
      );
    }
    const listen = (port: number, group: string) =>
      this.text(
        `elbv2 create-listener --load-balancer-arn ${balancer} --protocol HTTP --port ${port} --default-actions Type=forward,TargetGroupArn=${groups[group]} --query Listeners[0].ListenerArn`,
      );
    await listen(8080, 'rolling');
    return {
      network: `awsvpcConfiguration={subnets=[${subnetIds.join(',')}]}`,
      groups,
      production: await listen(80, 'blue'),
      test: await listen(8443, 'blue'),
    };
  }

  /** A service named as its target group, of `shop:1`. */
  async createService(group: string, ground: Ground, more: readonly string[]): Promise<void> {
    await this.run([
      ...words(
        `ecs create-service --cluster shop --service-name ${group} --task-definition shop:1 --launch-type FARGATE`,
      ),
      ...['--network-configuration', ground.network, ...more],
      ...(more.includes('--desired-count') ? [] : ['--desired-count', '1']),
      '--load-balancers',
      `targetGroupArn=${ground.groups[group]},containerName=app,containerPort=8080`,
    ]);
  }

  /** Deployments of service `blue`, a canary of five minutes. */
  async createDeploymentGroup({ production, test }: Ground): Promise<void> {
    const role = await this.createRole('code-deploy', 'codedeploy');
    await this.attach('code-deploy', 'AWSCodeDeployRoleForECS');
    const invoke = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' }],
    };
    await this.run([
      ...words('iam put-role-policy --role-name code-deploy --policy-name hooks'),
      ...['--policy-document', JSON.stringify(invoke)],
    ]);
    await this.run('deploy create-application --application-name shop --compute-platform ECS');
    await this.run([
      ...words(
        `deploy create-deployment-group --application-name shop --deployment-group-name shop --service-role-arn ${role}`,
      ),
      ...words('--deployment-config-name CodeDeployDefault.ECSCanary10Percent5Minutes'),
      '--deployment-style',
      'deploymentType=BLUE_GREEN,deploymentOption=WITH_TRAFFIC_CONTROL',
      ...words('--ecs-services clusterName=shop,serviceName=blue'),
      '--blue-green-deployment-configuration',
      'terminateBlueInstancesOnDeploymentSuccess={action=TERMINATE,terminationWaitTimeInMinutes=5},deploymentReadyOption={actionOnTimeout=CONTINUE_DEPLOYMENT}',
      '--load-balancer-info',
      `targetGroupPairInfoList=[{targetGroups=[{name=blue},{name=green}],prodTrafficRoute={listenerArns=[${production}]},testTrafficRoute={listenerArns=[${test}]}}]`,
    ]);
  }

  /** Function `hook`, from a zip archive, which reports what its variable STATUS says. */
  async createHook(): Promise<void> {
    const archive = zipOf([{ name: 'index.mjs', content: hook }]);
    await writeFile(join(this.#client.folder, 'hook.zip'), archive);
    const role = await this.createRole('hook', 'lambda');
    await this.attach('hook', 'AWSCodeDeployFullAccess');
    await this.run(
      `lambda create-function --function-name hook --runtime nodejs20.x --handler index.handler --role ${role} --zip-file fileb://hook.zip --timeout 30`,
    );
    await this.run('lambda wait function-active-v2 --function-name hook');
  }

  /** Resolves with the deployment's id. */
  createDeployment(
    revision: string,
    hooks: readonly object[] = [{ AfterAllowTestTraffic: 'hook' }],
  ): Promise<string> {
    const content = JSON.stringify({
      version: 0.0,
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: `arn:aws:ecs:us-east-1:${account}:task-definition/${revision}`,
              LoadBalancerInfo: { ContainerName: 'app', ContainerPort: 8080 },
            },
          },
        },
      ],
      Hooks: hooks,
    });
    return this.text([
      ...words(
        'deploy create-deployment --application-name shop --deployment-group-name shop --query deploymentId --revision',
      ),
      JSON.stringify({ revisionType: 'AppSpecContent', appSpecContent: { content } }),
    ]);
  }

  /** `[name, status]` of each lifecycle event. */
  events(deploymentId: string): Promise<unknown> {
    return this.json(
      `deploy get-deployment-target --deployment-id ${deploymentId} --target-id shop:blue --query deploymentTarget.ecsTarget.lifecycleEvents[].[lifecycleEventName,status]`,
    );
  }

  async attach(role: string, policy: string): Promise<void> {
    await this.run(
      `iam attach-role-policy --role-name ${role} --policy-arn arn:aws:iam::aws:policy/${policy}`,
    );
  }

  async #registerTaskDefinition(version: string, role: string): Promise<void> {
    const container = {
      name: 'app',
      image: `${account}.dkr.ecr.us-east-1.amazonaws.com/team/shop:${version}`,
      portMappings: [{ containerPort: 8080 }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/ecs/shop',
          'awslogs-region': 'us-east-1',
          'awslogs-stream-prefix': 'shop',
        },
      },
    };
    await this.run([
      ...words(
        `ecs register-task-definition --family shop --requires-compatibilities FARGATE --network-mode awsvpc --cpu 256 --memory 512 --execution-role-arn ${role}`,
      ),
      ...['--container-definitions', JSON.stringify([container])],
    ]);
  }
}

function words(command: string | readonly string[]): readonly string[] {
  return typeof command === 'string' ? command.split(' ') : command;
}
