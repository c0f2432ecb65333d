import type { Identity } from '../core/arns.ts';
import {
  anyResource,
  type ConditionKeys,
  list,
  member,
  type Needs,
  passRole,
  type RequestMembers,
  requestTagKeys,
  type ServiceAuthorization,
  sameNeeds,
  tagging,
  tagKeys,
  text,
  texts,
} from '../wire/authorization.ts';

const tasksService = 'ecs-tasks.amazonaws.com';
const servicesService = 'ecs.amazonaws.com';

/** Actions on Amazon ECS: resource ARNs and keys of its page in the Service Authorization Reference. */
export function ecsAuthorization({ region, accountId }: Identity): ServiceAuthorization {
  const arn = (rest: string) => `arn:aws:ecs:${region}:${accountId}:${rest}`;
  const named = (reference: string, rest: (name: string) => string) =>
    reference.startsWith('arn:') ? reference : arn(rest(reference));
  const cluster = ({ cluster: given }: RequestMembers) =>
    named(text(given) || 'default', (name) => `cluster/${name}`);
  const clusterName = (input: RequestMembers) => cluster(input).replace(/^.*\//, '');
  const within = (input: RequestMembers): ConditionKeys => ({ 'ecs:cluster': cluster(input) });
  const one = (kind: string, input: RequestMembers, reference: unknown) =>
    named(text(reference), (name) => `${kind}/${clusterName(input)}/${name}`);
  const each = (kind: string, field: string): Needs => {
    return (input) =>
      texts(input[field]).map((reference) => ({
        resource: one(kind, input, reference),
        keys: within(input),
      }));
  };
  const service: Needs = (input) => ({
    resource: one('service', input, input.service ?? input.serviceName),
    keys: within(input),
  });
  const taskSet: Needs = (input) => ({
    resource: named(
      text(input.taskSet ?? input.primaryTaskSet),
      (id) =>
        `task-set/${clusterName(input)}/${one('service', input, input.service).replace(/^.*\//, '')}/${id}`,
    ),
    keys: { ...within(input), 'ecs:service': one('service', input, input.service) },
  });
  const family = (reference: unknown) =>
    named(text(reference), (name) => `task-definition/${name.includes(':') ? name : `${name}:*`}`);
  const tagged = (resource: string, action: string, tags: unknown) =>
    tagging('ecs:TagResource', resource, tags, { 'ecs:CreateAction': action });
  const overridden = (input: RequestMembers) =>
    passRole(
      [
        member(input.overrides, 'executionRoleArn'),
        member(input.overrides, 'taskRoleArn'),
        ...list(input.volumeConfigurations).map((one) =>
          member(one, 'managedEBSVolume', 'roleArn'),
        ),
      ],
      tasksService,
    );
  const started: Needs = (input) => [
    {
      resource: family(input.taskDefinition),
      keys: { ...within(input), ...requestTagKeys(input.tags) },
    },
    ...overridden(input),
    ...tagged(arn(`task/${clusterName(input)}/*`), 'RunTask', input.tags),
  ];
  const serviceRoles = (input: RequestMembers) =>
    passRole(
      [
        input.role,
        ...list(input.loadBalancers).map((each) =>
          member(each, 'advancedConfiguration', 'roleArn'),
        ),
        ...list(member(input.deploymentConfiguration, 'lifecycleHooks')).map((hook) =>
          member(hook, 'roleArn'),
        ),
      ],
      servicesService,
    );
  return {
    prefix: 'ecs',
    operations: {
      ...anyResource(
        'DescribeTaskDefinition',
        'DeregisterTaskDefinition',
        'ListTaskDefinitions',
        'ListTaskDefinitionFamilies',
        'ListClusters',
        'ListAccountSettings',
        'PutAccountSetting',
        'PutAccountSettingDefault',
        'DeleteAccountSetting',
        'DiscoverPollEndpoint',
        'ListServicesByNamespace',
      ),
      ...sameNeeds(
        (input) => ({ resource: cluster(input) }),
        'DeleteCluster',
        'UpdateCluster',
        'UpdateClusterSettings',
        'PutClusterCapacityProviders',
        'ListContainerInstances',
        'RegisterContainerInstance',
      ),
      CreateCluster: (input) => [
        {
          resource: arn(`cluster/${text(input.clusterName) || 'default'}`),
          keys: requestTagKeys(input.tags),
        },
        ...tagged(
          arn(`cluster/${text(input.clusterName) || 'default'}`),
          'CreateCluster',
          input.tags,
        ),
      ],
      DescribeClusters: (input) =>
        (texts(input.clusters).length > 0 ? texts(input.clusters) : ['default']).map((name) => ({
          resource: cluster({ cluster: name }),
        })),
      ...sameNeeds(each('service', 'services'), 'DescribeServices'),
      ...sameNeeds(
        each('task', 'tasks'),
        'DescribeTasks',
        'GetTaskProtection',
        'UpdateTaskProtection',
      ),
      ...sameNeeds(
        each('container-instance', 'containerInstances'),
        'DescribeContainerInstances',
        'UpdateContainerInstancesState',
      ),
      ...sameNeeds(
        (input) => ({ resource: '*', keys: within(input) }),
        'ListServices',
        'ListTasks',
      ),
      CreateService: (input) => [
        {
          resource: one('service', input, input.serviceName),
          keys: {
            ...within(input),
            ...requestTagKeys(input.tags),
            'ecs:task-definition': text(input.taskDefinition) || undefined,
          },
        },
        ...serviceRoles(input),
        ...tagged(one('service', input, input.serviceName), 'CreateService', input.tags),
      ],
      UpdateService: (input) => [
        {
          resource: one('service', input, input.service),
          keys: {
            ...within(input),
            'ecs:task-definition': text(input.taskDefinition) || undefined,
          },
        },
        ...serviceRoles(input),
      ],
      ...sameNeeds(service, 'DeleteService', 'ListServiceDeployments'),
      CreateTaskSet: (input) => [
        {
          resource: one('service', input, input.service),
          keys: { ...within(input), ...requestTagKeys(input.tags) },
        },
        ...tagged(one('task-set', input, '*'), 'CreateTaskSet', input.tags),
      ],
      ...sameNeeds(taskSet, 'UpdateTaskSet', 'DeleteTaskSet'),
      UpdateServicePrimaryTaskSet: service,
      DescribeTaskSets: (input) => {
        const serviceArn = one('service', input, input.service);
        const sets = texts(input.taskSets);
        const keys = { ...within(input), 'ecs:service': serviceArn };
        const prefix = serviceArn.replace(':service/', ':task-set/');
        return (sets.length > 0 ? sets : ['*']).map((set) => ({
          resource: set.startsWith('arn:') ? set : `${prefix}/${set}`,
          keys,
        }));
      },
      DescribeServiceDeployments: (input) =>
        texts(input.serviceDeploymentArns).map((resource) => ({ resource })),
      DescribeServiceRevisions: (input) =>
        texts(input.serviceRevisionArns).map((resource) => ({ resource })),
      StopServiceDeployment: (input) => ({ resource: text(input.serviceDeploymentArn) }),
      RegisterTaskDefinition: (input) => [
        {
          resource: arn(`task-definition/${text(input.family)}:*`),
          keys: {
            ...requestTagKeys(input.tags),
            'ecs:compute-compatibility': texts(input.requiresCompatibilities),
            'ecs:privileged': String(
              list(input.containerDefinitions).some((each) => member(each, 'privileged') === true),
            ),
            'ecs:task-cpu': text(input.cpu) || undefined,
            'ecs:task-memory': text(input.memory) || undefined,
          },
        },
        ...passRole([input.executionRoleArn, input.taskRoleArn], tasksService),
        ...tagged(
          arn(`task-definition/${text(input.family)}:*`),
          'RegisterTaskDefinition',
          input.tags,
        ),
      ],
      DeleteTaskDefinitions: (input) =>
        texts(input.taskDefinitions).map((reference) => ({ resource: family(reference) })),
      ...sameNeeds(started, 'RunTask', 'StartTask'),
      ...sameNeeds(
        (input) => ({ resource: one('task', input, input.task), keys: within(input) }),
        'StopTask',
        'ExecuteCommand',
      ),
      ...sameNeeds(
        (input) =>
          list(input.attributes).map((attribute) => ({
            resource: one('container-instance', input, member(attribute, 'targetId')),
            keys: within(input),
          })),
        'PutAttributes',
        'DeleteAttributes',
      ),
      ListAttributes: (input) => ({
        resource: one('container-instance', input, '*'),
        keys: within(input),
      }),
      DeregisterContainerInstance: (input) => ({
        resource: one('container-instance', input, input.containerInstance),
        keys: within(input),
      }),
      CreateCapacityProvider: (input) => ({
        resource: arn(`capacity-provider/${text(input.name)}`),
        keys: requestTagKeys(input.tags),
      }),
      ...sameNeeds(
        (input) => ({
          resource: named(
            text(input.name ?? input.capacityProvider),
            (name) => `capacity-provider/${name}`,
          ),
        }),
        'UpdateCapacityProvider',
        'DeleteCapacityProvider',
      ),
      DescribeCapacityProviders: (input) => {
        const names = texts(input.capacityProviders);
        return (names.length > 0 ? names : ['*']).map((name) => ({
          resource: named(name, (given) => `capacity-provider/${given}`),
        }));
      },
      ListTagsForResource: (input) => ({ resource: text(input.resourceArn) }),
      TagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: requestTagKeys(input.tags),
      }),
      UntagResource: (input) => ({
        resource: text(input.resourceArn),
        keys: tagKeys(input.tagKeys),
      }),
    },
  };
}
