import { arn } from '../core/arns.ts';
import { AwsError } from '../core/aws-error.ts';
import type { RoleCallDecision } from '../core/services.ts';
import type { World } from '../core/world.ts';
import { failed } from './deployment-end.ts';
import type { DeploymentGroup } from './deployment-group.ts';
import { deploymentGroupArn } from './resource-arn.ts';

const servicePrincipal = 'codedeploy.amazonaws.com';

/** As the failure's message names a service; `AWSLambda` is documented, the others follow it (3.2). */
const serviceNames: Readonly<Record<string, string>> = {
  lambda: 'AWSLambda',
  ecs: 'AmazonECS',
  elasticloadbalancing: 'AmazonElasticLoadBalancing',
  cloudwatch: 'AmazonCloudWatch',
  iam: 'AmazonECS',
  s3: 'AmazonS3',
};

type RoleOwner = Pick<
  DeploymentGroup,
  'serviceRoleArn' | 'applicationName' | 'name' | 'cluster' | 'service'
>;

/** Everything that a deployment does, it does as the group's service role (aws-facts 7.2). */
export class ServiceRole {
  readonly #world: World;
  readonly #group: RoleOwner;

  constructor(world: World, group: RoleOwner) {
    this.#world = world;
    this.#group = group;
  }

  /** Ends the deployment with IAM_ROLE_PERMISSIONS or IAM_ROLE_MISSING when the role may not (3.2, 3.7). */
  require(action: string, resource: string, context: Readonly<Record<string, string>> = {}): void {
    const decision = this.ask(action, resource, context);
    if (decision.allowed) return;
    const { serviceRoleArn } = this.#group;
    if (decision.reason === 'untrusted') {
      throw failed(
        'IAM_ROLE_MISSING',
        `The IAM role ${serviceRoleArn} does not exist or does not trust ${servicePrincipal}.`,
      );
    }
    const [prefix = ''] = action.split(':');
    throw failed(
      'IAM_ROLE_PERMISSIONS',
      `The IAM role ${serviceRoleArn} does not give you permission to perform operations in the following AWS service: ${serviceNames[prefix] ?? prefix}.`,
    );
  }

  ask(
    action: string,
    resource: string,
    context: Readonly<Record<string, string>> = {},
  ): RoleCallDecision {
    return this.#world.services.iam.authorize({
      roleArn: this.#group.serviceRoleArn,
      servicePrincipal,
      action,
      resource,
      context,
      trustContext: this.#trustContext(),
    });
  }

  canBeAssumed(): boolean {
    const { serviceRoleArn } = this.#group;
    return this.#world.services.iam.canAssume(
      serviceRoleArn,
      servicePrincipal,
      this.#trustContext(),
    );
  }

  /** On the group's ECS service, as `ecs:cluster` knows it. */
  requireOnService(action: string, serviceArn: string): void {
    this.require(action, serviceArn, this.#clusterContext());
  }

  askOnService(action: string, serviceArn: string): RoleCallDecision {
    return this.ask(action, serviceArn, this.#clusterContext());
  }

  requireTaskSetDeletion(serviceArn: string, taskSetId: string): void {
    const taskSetArn = `${serviceArn.replace(':service/', ':task-set/')}/${taskSetId}`;
    this.require('ecs:DeleteTaskSet', taskSetArn, {
      ...this.#clusterContext(),
      'ecs:service': serviceArn,
    });
  }

  /** Listeners' default actions and rules are changed by different calls. */
  requireForwardingChange(listenerOrRuleArn: string): void {
    const isRule = listenerOrRuleArn.includes(':listener-rule/');
    this.require(
      isRule ? 'elasticloadbalancing:ModifyRule' : 'elasticloadbalancing:ModifyListener',
      listenerOrRuleArn,
    );
  }

  requireInvocation(functionName: string): void {
    const functionArn = functionName.startsWith('arn:')
      ? functionName
      : this.#arn('lambda', `function:${functionName}`);
    this.require('lambda:InvokeFunction', functionArn);
  }

  #clusterContext(): Readonly<Record<string, string>> {
    return { 'ecs:cluster': this.#arn('ecs', `cluster/${this.#group.cluster}`) };
  }

  #trustContext(): Readonly<Record<string, string>> {
    const { applicationName, name } = this.#group;
    return { 'aws:SourceArn': deploymentGroupArn(this.#world.identity, applicationName, name) };
  }

  #arn(service: string, resource: string): string {
    return arn(this.#world.identity, service, resource);
  }
}

/** Checked when a group is made or changed and when a deployment is created (aws-facts 3.6, 7.2). */
export function requireAssumableRole(world: World, group: RoleOwner): void {
  if (new ServiceRole(world, group).canBeAssumed()) return;
  throw new AwsError(
    'InvalidRoleException',
    `Cannot assume role provided: ${group.serviceRoleArn}`,
  );
}

/** The reads with which a deployment begins (aws-facts 7.2). */
export const balancerReads = [
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeRules',
] as const;
