import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { hookNamePrefix } from '../names.ts';
import { permittedRole } from './permitted-role.ts';
import type { Permission } from './statement.ts';

export interface ServiceRoleProps {
  readonly description: string;
  readonly clusterArn: string;
  /** By name, so that the role is made, and known everywhere, long before the service is stable. */
  readonly clusterName: string;
  readonly serviceName: string;
  /** Execution and task role. */
  readonly passedRoleArns: readonly string[];
  readonly loadBalancerFullName: string;
  readonly listenerArns: readonly string[];
}

/** CodeDeploy's own role: what the broad managed policy holds, narrowed to one service and our hooks (aws-facts 7.2). */
export function codeDeployServiceRole(scope: Construct, id: string, props: ServiceRoleProps): Role {
  return permittedRole(scope, id, {
    description: props.description,
    assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
    permissions: [
      ...taskSets(Stack.of(scope), props),
      ...listeners(Stack.of(scope), props),
      {
        actions: ['lambda:InvokeFunction'],
        resources: [
          `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${hookNamePrefix}*`,
        ],
        wildcardReason:
          'The five hooks live in another stack, qualified or not; the prefix is theirs alone',
      },
      {
        actions: ['cloudwatch:DescribeAlarms'],
        resources: ['*'],
        wildcardReason:
          'CodeDeploy validates the deployment group by describing alarms without a name',
      },
      {
        actions: ['iam:PassRole'],
        resources: props.passedRoleArns,
        conditions: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ],
  });
}

function taskSets(stack: Stack, props: ServiceRoleProps): Permission[] {
  return [
    {
      actions: ['ecs:DescribeServices', 'ecs:UpdateServicePrimaryTaskSet'],
      // CodeDeploy assumes the role when the deployment group is created.
      resources: [
        stack.formatArn({
          service: 'ecs',
          resource: 'service',
          resourceName: `${props.clusterName}/${props.serviceName}`,
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ],
    },
    {
      actions: ['ecs:CreateTaskSet', 'ecs:DeleteTaskSet'],
      resources: ['*'],
      conditions: { ArnEquals: { 'ecs:cluster': props.clusterArn } },
      wildcardReason:
        'Task sets get their id when created; the condition holds them to the cluster',
    },
  ];
}

function listeners(
  stack: Stack,
  { listenerArns, loadBalancerFullName }: ServiceRoleProps,
): Permission[] {
  return [
    {
      actions: [
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeRules',
        'elasticloadbalancing:DescribeTargetGroups',
      ],
      resources: ['*'],
      wildcardReason:
        'Elastic Load Balancing offers no resource level for describing (aws-facts 7.1)',
    },
    {
      actions: ['elasticloadbalancing:ModifyListener'],
      resources: listenerArns,
    },
    {
      // CodeDeploy rewrites every rule that forwards to the live group, not only default actions (aws-facts 4.3).
      actions: ['elasticloadbalancing:ModifyRule'],
      resources: [
        stack.formatArn({
          service: 'elasticloadbalancing',
          resource: 'listener-rule',
          resourceName: `${loadBalancerFullName}/*`,
        }),
      ],
      wildcardReason: 'Rules may be added to the listeners later; held to this load balancer',
    },
  ];
}
