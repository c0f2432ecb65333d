import { describe, expect, it } from 'vitest';
import { configSchema } from '../../functions/core/config/schema.ts';
import { hookLifecycleEvents } from '../../functions/core/lifecycle-events.ts';
import { synthesize } from './synthesized.ts';

const elsewhere = {
  services: [
    {
      name: 'web',
      image: { repository: 'acme/web', tags: ['*'] },
      target: {
        cluster: 'prod',
        service: 'web',
        container: 'web',
        application: 'web-app',
        deploymentGroup: 'web-group',
      },
    },
  ],
};

describe("somebody else's configuration", () => {
  it('brings the controller alone, hooks outside a VPC, every name in the roles replaced', () => {
    const other = synthesize(configSchema.parse(elsewhere));
    try {
      expect(other.sample.resources).toEqual([]);
      const text = JSON.stringify(other.controller.json);
      expect(text).not.toMatch(/shop|greengate-sample|VpcConfig/);
      expect(text).toContain(':deploymentgroup:web-app/web-group');
      expect(text).toContain(':repository/acme/web');
    } finally {
      other.dispose();
    }
  });

  it('puts the hooks, and nothing else, into the network that it names', () => {
    const hooks = { subnetIds: ['subnet-0a1b2c3d'], securityGroupIds: ['sg-0a1b2c3d'] };
    const other = synthesize(configSchema.parse({ ...elsewhere, hooks }));
    try {
      const inVpc = other.controller.resources
        .filter(({ type }) => type === 'AWS::Lambda::Function')
        .filter(({ properties }) => 'VpcConfig' in properties);
      expect(inVpc.map(({ properties }) => properties.FunctionName)).toEqual(
        hookLifecycleEvents.map((event) => `CodeDeployHook_Greengate_${event}`),
      );
      for (const { properties } of inVpc) {
        expect(properties.VpcConfig).toEqual({
          SubnetIds: hooks.subnetIds,
          SecurityGroupIds: hooks.securityGroupIds,
        });
      }
    } finally {
      other.dispose();
    }
  });
});
