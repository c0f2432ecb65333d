import { acmAuthorization } from './acm/authorization.ts';
import { applicationAutoScalingAuthorization } from './application-autoscaling/authorization.ts';
import { cloudFormationAuthorization } from './cloudformation/authorization.ts';
import { templateRead } from './cloudformation/read-template-source.ts';
import {
  autoScalingAuthorization,
  route53Authorization,
} from './cloudformation/recorded-authorization.ts';
import { cloudwatchAuthorization } from './cloudwatch/authorization.ts';
import { codedeployAuthorization } from './codedeploy/authorization.ts';
import type { World } from './core/world.ts';
import { ec2Authorization } from './ec2/authorization.ts';
import { ecrAuthorization } from './ecr/authorization.ts';
import { ecsAuthorization } from './ecs/authorization.ts';
import { elbv2Authorization } from './elbv2/authorization.ts';
import { eventsAuthorization } from './events/authorization.ts';
import { iamAuthorization } from './iam/authorization.ts';
import type { AuthorizationTables } from './iam/wire-access.ts';
import { lambdaAuthorization } from './lambda/authorization.ts';
import { policyDocument } from './lambda/resource-policy.ts';
import { logsAuthorization } from './logs/authorization.ts';
import type { Models } from './models.ts';
import { s3Authorization } from './s3/authorization.ts';
import { secretsManagerAuthorization } from './secretsmanager/authorization.ts';
import { serviceDiscoveryAuthorization } from './servicediscovery/authorization.ts';
import { snsAuthorization } from './sns/authorization.ts';
import { sqsAuthorization } from './sqs/authorization.ts';
import { ssmAuthorization } from './ssm/authorization.ts';
import { statesAuthorization } from './states/authorization.ts';
import { stsAuthorization } from './sts/authorization.ts';

/** What each operation needs of the policies of its caller, by service. */
export function authorizationTables(models: Models, world: World): AuthorizationTables {
  const { identity } = world;
  const { codedeploy, ec2, ecr, iam, lambda, s3, secretsmanager, sns, sqs } = models;
  const bucketPolicyOf = (name: string) =>
    s3.buckets().find((bucket) => bucket.name === name)?.policy;
  return {
    acm: acmAuthorization(identity),
    'application-auto-scaling': applicationAutoScalingAuthorization(identity),
    'auto-scaling': autoScalingAuthorization(identity),
    cloudformation: cloudFormationAuthorization(identity, (url) =>
      templateRead(world, url, bucketPolicyOf),
    ),
    cloudwatch: cloudwatchAuthorization(identity),
    'cloudwatch-logs': logsAuthorization(identity),
    codedeploy: codedeployAuthorization(identity, {
      groupOf: (id) => {
        const group = /^d-[A-Z0-9]{9}$/.test(id)
          ? codedeploy.deployments.find(id)?.order.group
          : undefined;
        return group && { applicationName: group.applicationName, deploymentGroupName: group.name };
      },
      configOf: (application, group) =>
        codedeploy.applications
          .groups()
          .find((one) => one.applicationName === application && one.name === group)?.configName,
    }),
    ec2: ec2Authorization(identity, (id, property) => {
      const found = ec2.find(id)?.properties[property];
      return found === undefined ? undefined : String(found);
    }),
    ecr: ecrAuthorization(identity, (name) => ecr.repositories.find(name)?.options.policyText),
    ecs: ecsAuthorization(identity),
    'elastic-load-balancing-v2': elbv2Authorization(identity),
    eventbridge: eventsAuthorization(identity),
    iam: iamAuthorization(
      identity,
      (kind, name) => iam.arnOf(kind, name),
      (kind, name) => (kind === 'role' ? iam.role(name) : iam.users.find(name))?.boundaryArn,
    ),
    lambda: lambdaAuthorization(
      identity,
      (name) => {
        if (!lambda.exists(name)) return undefined;
        const { definition } = lambda.functions.get(name);
        return JSON.stringify(policyDocument(definition.arn, lambda.permissions(name)));
      },
      bucketPolicyOf,
    ),
    'route-53': route53Authorization(),
    s3: s3Authorization({
      policyOf: bucketPolicyOf,
      lacks: (name, key) =>
        s3.buckets().some((bucket) => bucket.name === name) &&
        s3.getObject(name, key) === undefined,
    }),
    'secrets-manager': secretsManagerAuthorization(
      identity,
      (id) => secretsmanager.secretArn(id),
      (id) => secretsmanager.find(id)?.policy,
    ),
    servicediscovery: serviceDiscoveryAuthorization(identity),
    sfn: statesAuthorization(identity),
    sns: snsAuthorization(
      identity,
      (arn) => sns.topics().find((topic) => topic.arn === arn)?.attributes.Policy,
    ),
    sqs: sqsAuthorization(
      identity,
      (name) => sqs.queues().find((queue) => queue.name === name)?.attributes.Policy,
    ),
    ssm: ssmAuthorization(identity),
    sts: stsAuthorization(),
  };
}
