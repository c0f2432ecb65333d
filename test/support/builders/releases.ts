import {
  type Config,
  configSchema,
  type ServiceConfig,
} from '../../../functions/core/config/schema.ts';
import type {
  ExecutionIdentity,
  Release,
  ReleaseRequest,
} from '../../../functions/core/release.ts';

/** A digest of one repeated hexadecimal digit. */
export function digestOf(digit: string): string {
  return `sha256:${digit.repeat(64)}`;
}

/** With every default of the schema. */
export function serviceConfig(changes: Partial<ServiceConfig> = {}): ServiceConfig {
  return { ...defaultService(), ...changes };
}

function defaultService(): ServiceConfig {
  const { services } = configSchema.parse({
    services: [
      {
        name: 'shop',
        image: { repository: 'team/shop', tags: ['v*'] },
        target: {
          cluster: 'prod',
          service: 'shop',
          container: 'app',
          application: 'shop',
          deploymentGroup: 'shop',
        },
      },
    ],
  });
  const [service] = services;
  if (service === undefined) throw new Error('The schema lost a service');
  return service;
}

export function configOf(...services: ServiceConfig[]): Config {
  return { freezes: [], services: services.length > 0 ? services : [serviceConfig()] };
}

export function releaseRequest(changes: Partial<ReleaseRequest> = {}): ReleaseRequest {
  return {
    service: 'shop',
    repository: 'team/shop',
    tag: 'v2',
    digest: digestOf('2'),
    pushedAt: '2026-09-01T10:00:00Z',
    eventId: '0b6f1c52-8a0e-4a53-9d77-3f2f4c1d9e10',
    ...changes,
  };
}

export function release(changes: Partial<Release> = {}): Release {
  const request = releaseRequest(changes);
  return {
    ...request,
    platformDigest: request.digest,
    platform: 'linux/amd64',
    image: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/shop@${request.digest}`,
    originalTaskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3',
    ...changes,
  };
}

export function execution(changes: Partial<ExecutionIdentity> = {}): ExecutionIdentity {
  return {
    executionArn:
      'arn:aws:states:eu-central-1:123456789012:execution:greengate-deploy:shop-222222222222-ab',
    executionName: 'shop-222222222222-ab',
    redriveCount: 0,
    startedAt: '2026-09-01T10:00:05.123Z',
    ...changes,
  };
}
