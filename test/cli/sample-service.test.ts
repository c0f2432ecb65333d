import { describe, expect, it } from 'vitest';
import { sampleService } from '../../cli/rehearsal/sample-service.ts';
import { rolledOut } from '../../cli/rehearsal/strategies.ts';
import type { Config } from '../../functions/core/config/schema.ts';
import { readConfig } from '../../infra/read-config.ts';

/** greengate.yaml with its service changed. */
function changed(image: object, target: object = {}): Config {
  const config = readConfig();
  return {
    ...config,
    services: config.services.map((service) => ({
      ...service,
      image: { ...service.image, ...image },
      target: { ...service.target, ...target },
    })),
  };
}

describe('sampleService', () => {
  it('finds the sample, also where ECS itself deploys it', () => {
    expect(sampleService(readConfig()).name).toBe('shop');
    expect(sampleService(rolledOut(readConfig())).name).toBe('shop');
  });

  it('says what a configuration without it needs, and what to do instead', () => {
    expect(() => sampleService(changed({}, { cluster: 'prod' }))).toThrow(
      /^Nothing to rehearse: no service .* targets cluster greengate-sample, service shop; .* greengate simulator --assembly cdk\.out, push/,
    );
  });

  it('names all in which the service differs from the sample', () => {
    const config = changed({ repository: 'team/api' }, { container: 'api', application: 'api' });
    expect(() => sampleService(config)).toThrow(
      'Service "shop" cannot be rehearsed: the sample that the rehearsal makes has repository "team/shop", not "team/api", container "app", not "api", application "shop", not "api"',
    );
  });
});
