import type { Answers } from '../answers.ts';

/** The CDK app for services that exist: Greengate beside them, which refers to them by name. */
export function adoptingApp({ strategy }: Answers): string {
  const network =
    strategy === 'codedeploy'
      ? `  // Checks ask the test listener. Where it is not reachable from outside the VPC, name private subnets and a security
  // group under \`hooks\` in greengate.yaml.
`
      : '';
  return `import { App } from 'aws-cdk-lib';
import { GreengateController, reportAndExit } from 'greengate/constructs';

try {
  const app = new App();
${network}  await GreengateController.fromConfigFile(app, { configFile: 'greengate.yaml' });
  app.synth();
} catch (error) {
  reportAndExit(error);
}
`;
}

/** The CDK app for a new environment: network, load balancer, repository, service, and Greengate. */
export function newApp(answers: Answers): string {
  const { name, repository, strategy, cluster, container, containerPort, healthPath } = answers;
  const text = (value: string) => `'${value}'`;
  // An immutable tag can be pushed once, so one that is pushed with every release has to be movable.
  const movable = answers.tags.some((tag) => !/[*?]/.test(tag)) ? '    mutableTags: true,\n' : '';
  return `import { App, Stack } from 'aws-cdk-lib';
import {
  GreengateController,
  GreengateLoadBalancer,
  GreengateNetwork,
  GreengateRepository,
  GreengateService,
  reportAndExit,
} from 'greengate/constructs';

try {
  const app = new App();
  const stack = new Stack(app, ${text(stackName(name))});
  const network = new GreengateNetwork(stack, 'Network');
  const repository = new GreengateRepository(stack, 'Repository', {
    repositoryName: ${text(repository)},
${movable}  });
  // HTTP only, until it has a certificate: certificateArn, or domainName with its hosted zone.
  const loadBalancer = new GreengateLoadBalancer(stack, 'LoadBalancer', { network });
  new GreengateService(stack, 'Service', {
    network,
    loadBalancer,
    repository,
    serviceName: ${text(name)},
    clusterName: ${text(cluster)},
    strategy: ${text(strategy)},
    containerName: ${text(container)},
    containerPort: ${containerPort},
    healthPath: ${text(healthPath)},
    firstImageDirectory: 'first-image',
  });
  await GreengateController.fromConfigFile(app, {
    configFile: 'greengate.yaml',
    hookNetwork: network.hookNetwork,
  });
  app.synth();
} catch (error) {
  reportAndExit(error);
}
`;
}

/** A stack's name begins with a letter and has no underscores (CloudFormation user guide, "Stack name"). */
export function stackName(service: string): string {
  const parts = service.split(/[_-]+/).filter((part) => part !== '');
  const words = parts.map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`).join('');
  return `${/^[A-Za-z]/.test(words) ? '' : 'Service'}${words}Service`;
}
