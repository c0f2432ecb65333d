import type { Config, ServiceConfig } from '../../functions/core/config/schema.ts';
import { isCodeDeployTarget } from '../../functions/core/config/strategy-of.ts';
import { sample } from '../../infra/names.ts';
import { UsageError } from '../terminal/run-command.ts';

/** The service that rehearsals play with: they make its environment, and push images of their own to it. Throws UsageError. */
export function sampleService({ services }: Config): ServiceConfig {
  const found = services.find(
    ({ target }) => target.cluster === sample.cluster && target.service === sample.service,
  );
  if (found === undefined) {
    throw new UsageError(
      `Nothing to rehearse: no service in the configuration targets cluster ${sample.cluster}, service ${sample.service}; the rehearsal makes that environment and pushes images of its own to it. For your own stacks and images: greengate simulator --assembly cdk.out, push to it, greengate wait`,
    );
  }
  const others = differences(found);
  if (others.length > 0) {
    throw new UsageError(
      `Service "${found.name}" cannot be rehearsed: the sample that the rehearsal makes has ${others.join(', ')}`,
    );
  }
  return found;
}

/** What a release would look for and not find, each as `NAME "wanted", not "configured"`. */
function differences({ image, target }: ServiceConfig): string[] {
  const named: readonly (readonly [name: string, sample: string, configured: string])[] = [
    ['repository', sample.repository, image.repository],
    ['container', sample.container, target.container],
    ...(isCodeDeployTarget(target)
      ? ([
          ['application', sample.application, target.application],
          ['deploymentGroup', sample.deploymentGroup, target.deploymentGroup],
        ] as const)
      : []),
  ];
  return named
    .filter(([, wanted, configured]) => wanted !== configured)
    .map(([name, wanted, configured]) => `${name} "${wanted}", not "${configured}"`);
}
