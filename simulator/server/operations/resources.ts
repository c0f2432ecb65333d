import { ControlRefusal, controlOperation } from '../control-operation.ts';
import type { WorldServer } from '../world-server.ts';

type Answer = Readonly<Record<string, unknown>>;
type Call = (operation: string, input?: object) => Promise<Answer>;

/** What is shown of each service: the answers of its own list operations. */
const listings: Readonly<Record<string, (call: Call) => Promise<Answer>>> = {
  cloudformation: (call) => pick(call('DescribeStacks'), 'Stacks'),
  cloudwatch: (call) => pick(call('DescribeAlarms'), 'MetricAlarms'),
  'cloudwatch-logs': (call) => pick(call('DescribeLogGroups'), 'logGroups'),
  codedeploy: async (call) => {
    const { applications } = await call('ListApplications');
    const groups = await Promise.all(
      strings(applications).map(async (applicationName) => [
        applicationName,
        (await call('ListDeploymentGroups', { applicationName })).deploymentGroups,
      ]),
    );
    return {
      deploymentGroupsByApplication: Object.fromEntries(groups),
      ...(await pick(call('ListDeployments'), 'deployments')),
    };
  },
  ecr: (call) => pick(call('DescribeRepositories'), 'repositories'),
  ecs: async (call) => {
    const { clusterArns } = await call('ListClusters');
    const byCluster = await Promise.all(
      strings(clusterArns).map(async (cluster) => [
        cluster,
        {
          ...(await pick(call('ListServices', { cluster }), 'serviceArns')),
          ...(await pick(call('ListTasks', { cluster }), 'taskArns')),
        },
      ]),
    );
    return {
      clusters: Object.fromEntries(byCluster),
      ...(await pick(call('ListTaskDefinitions'), 'taskDefinitionArns')),
    };
  },
  'elastic-load-balancing-v2': async (call) => ({
    ...(await pick(call('DescribeLoadBalancers'), 'LoadBalancers')),
    ...(await pick(call('DescribeTargetGroups'), 'TargetGroups')),
  }),
  eventbridge: async (call) => ({
    ...(await pick(call('ListEventBuses'), 'EventBuses')),
    ...(await pick(call('ListRules'), 'Rules')),
  }),
  iam: (call) => pick(call('ListRoles'), 'Roles'),
  lambda: (call) => pick(call('ListFunctions'), 'Functions'),
  s3: (call) => pick(call('ListBuckets'), 'Buckets'),
  'secrets-manager': (call) => pick(call('ListSecrets'), 'SecretList'),
  sfn: async (call) => {
    const { stateMachines } = await call('ListStateMachines');
    const machines = Array.isArray(stateMachines) ? stateMachines : [];
    const executions = await Promise.all(
      machines.map(async ({ stateMachineArn }: { stateMachineArn: string }) => [
        stateMachineArn,
        (await call('ListExecutions', { stateMachineArn })).executions,
      ]),
    );
    return { stateMachines, executionsByStateMachine: Object.fromEntries(executions) };
  },
  sns: async (call) => ({
    ...(await pick(call('ListTopics'), 'Topics')),
    ...(await pick(call('ListSubscriptions'), 'Subscriptions')),
  }),
  sqs: (call) => pick(call('ListQueues'), 'QueueUrls'),
  ssm: (call) => pick(call('DescribeParameters'), 'Parameters'),
};

export const resourceOperations = [
  controlOperation(
    'GET resources',
    'What there is, per service, in the words of its own list operations (their first page)',
    {},
    async ({ control }) => {
      const server = control.current();
      const shown = await Promise.all(
        Object.keys(listings).map(async (name) => [name, await show(server, name)]),
      );
      return Object.fromEntries(shown);
    },
  ),
  controlOperation(
    'GET resources/{id}',
    'The same of one service',
    { example: 'resources/ecs' },
    ({ control, id }) => show(control.current(), id),
  ),
];

async function show({ services }: WorldServer, name: string): Promise<Answer> {
  const service = services.find((each) => each.name === name);
  const listing = Object.hasOwn(listings, name) ? listings[name] : undefined;
  if (!service || !listing) {
    throw new ControlRefusal(
      `There is no service "${name}"; there are ${Object.keys(listings).join(', ')}`,
      404,
    );
  }
  const context = {
    caller: { accessKeyId: 'control', name: 'control' },
    requestId: 'control',
  };
  return listing(async (operation, input = {}) => {
    const answer = await service.operations[operation]?.handle(input as never, context as never);
    return (answer ?? {}) as Answer;
  });
}

async function pick(answer: Promise<Answer>, member: string): Promise<Answer> {
  return { [member]: (await answer)[member] ?? [] };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
