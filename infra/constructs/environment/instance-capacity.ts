import { ArnFormat, Fn, Stack } from 'aws-cdk-lib';
import { CfnAutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { CfnLaunchTemplate, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnCapacityProvider, CfnClusterCapacityProviderAssociations } from 'aws-cdk-lib/aws-ecs';
import { CfnInstanceProfile, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../../acknowledge.ts';
import { permittedRole } from '../../permissions/permitted-role.ts';
import { agentPermissions } from './agent-permissions.ts';
import type { GreengateServiceProps } from './props.ts';

type Props = Pick<
  GreengateServiceProps,
  'architecture' | 'desiredCount' | 'instanceType' | 'maxInstances' | 'network' | 'serviceName'
> & { readonly clusterName: string };

/** Container instances behind a capacity provider, which starts as many as the tasks of a release need. */
export class InstanceCapacity extends Construct {
  readonly provider: CfnCapacityProvider;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { network, desiredCount = 2 } = props;
    const template = this.#launchTemplate(props);
    const group = new CfnAutoScalingGroup(this, 'Group', {
      // One for each zone, so that losing a machine is not losing the service.
      minSize: String(Math.min(2, Math.max(1, desiredCount))),
      // Two tasks to an instance: all tasks of a release beside those that they replace, and one to spare.
      maxSize: String(props.maxInstances ?? Math.max(4, desiredCount + 1)),
      vpcZoneIdentifier: network.vpc.selectSubnets(network.taskSubnets).subnetIds,
      launchTemplate: { launchTemplateId: template.ref, version: template.attrLatestVersionNumber },
      healthCheckType: 'EC2',
      healthCheckGracePeriod: 120,
      tags: [{ key: 'Name', value: `${props.serviceName}-instance`, propagateAtLaunch: true }],
    });
    group.node.addDependency(network.reachesAws);
    acknowledge(group, {
      'AwsSolutions-AS3': 'ECS scales the group by itself and tells of it in the service’s events',
    });
    this.provider = new CfnCapacityProvider(this, 'Provider', {
      name: `${props.serviceName}-instances`,
      autoScalingGroupProvider: {
        autoScalingGroupArn: group.ref,
        managedScaling: { status: 'ENABLED', targetCapacity: 100, instanceWarmupPeriod: 60 },
        // Draining moves tasks away first; protection would keep the stack from ever being deleted.
        managedDraining: 'ENABLED',
        managedTerminationProtection: 'DISABLED',
      },
    });
    const association = new CfnClusterCapacityProviderAssociations(this, 'Association', {
      cluster: props.clusterName,
      capacityProviders: [this.provider.ref],
      defaultCapacityProviderStrategy: [{ capacityProvider: this.provider.ref, weight: 1 }],
    });
    const cluster = scope.node.findChild('Cluster');
    association.node.addDependency(cluster);
    group.node.addDependency(cluster);
  }

  #launchTemplate({ architecture, instanceType, network, clusterName }: Props): CfnLaunchTemplate {
    const arm = architecture === 'arm64';
    const securityGroup = new SecurityGroup(this, 'SecurityGroup', {
      vpc: network.vpc,
      description: 'Container instances: nobody comes in, tasks have interfaces of their own',
      allowAllOutbound: true,
    });
    const profile = new CfnInstanceProfile(this, 'Profile', {
      roles: [this.#role(clusterName).roleName],
    });
    return new CfnLaunchTemplate(this, 'Template', {
      launchTemplateData: {
        // Looked up at each launch, so that new instances are patched ones.
        imageId: `resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/${arm ? 'arm64/' : ''}recommended/image_id`,
        instanceType: instanceType ?? (arm ? 't4g.small' : 't3.small'),
        iamInstanceProfile: { arn: profile.attrArn },
        securityGroupIds: [securityGroup.securityGroupId],
        metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          { deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3', volumeSize: 30 } },
        ],
        userData: Fn.base64(
          `#!/bin/bash\necho ECS_CLUSTER=${clusterName} >> /etc/ecs/ecs.config\necho ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config\n`,
        ),
      },
    });
  }

  #role(clusterName: string): Role {
    const stack = Stack.of(this);
    const arn = (resource: string, resourceName: string) =>
      stack.formatArn({
        service: 'ecs',
        resource,
        resourceName,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      });
    return permittedRole(this, 'Role', {
      description: `Agent of the container instances of ${clusterName}`,
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      permissions: agentPermissions(
        arn('cluster', clusterName),
        arn('container-instance', `${clusterName}/*`),
      ),
    });
  }
}
