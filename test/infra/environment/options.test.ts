import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Template } from '../template.ts';
import { EnvironmentStack, environmentApp, type Variant } from './variants.ts';

function synthesized(variant: Variant) {
  const outdir = mkdtempSync(join(tmpdir(), 'greengate-options-'));
  onTestFinished(() => rmSync(outdir, { recursive: true }));
  const app = environmentApp(outdir);
  new EnvironmentStack(app, 'Stack', variant);
  const { template } = app.synth().getStackByName('Stack');
  const { violations } = new AwsSolutionsChecks(app).validateScope(app);
  return { template: new Template(template as Record<string, unknown>), violations };
}

const asked: Variant = {
  balancer: { accessLogBucketName: 'shop-access-logs' },
  service: { writablePaths: ['/tmp', '/var/cache/shop'], containerInsights: true },
};

interface Container {
  readonly ReadonlyRootFilesystem: boolean;
  readonly MountPoints?: unknown;
}

describe('what costs money or weakens something', { timeout: 120_000 }, () => {
  it('is left out unless somebody asks for it', () => {
    const { template } = synthesized({});
    const task = template.one('AWS::ECS::TaskDefinition').properties;
    const [container] = task.ContainerDefinitions as Container[];
    expect(container?.ReadonlyRootFilesystem).toBe(true);
    expect(container).not.toHaveProperty('MountPoints');
    expect(task).not.toHaveProperty('Volumes');
    expect(template.one('AWS::ECS::Cluster').properties.ClusterSettings).toEqual([
      { Name: 'containerInsights', Value: 'disabled' },
    ]);
    const balancer = template.one('AWS::ElasticLoadBalancingV2::LoadBalancer').properties;
    expect(JSON.stringify(balancer.LoadBalancerAttributes)).not.toContain('access_logs');
  });

  it('is there when asked for, and cdk-nag has nothing left to find', () => {
    const { template, violations } = synthesized(asked);
    const task = template.one('AWS::ECS::TaskDefinition').properties;
    const [container] = task.ContainerDefinitions as Container[];
    expect(container).toMatchObject({
      ReadonlyRootFilesystem: true,
      MountPoints: [
        { SourceVolume: 'tmp', ContainerPath: '/tmp', ReadOnly: false },
        { SourceVolume: 'var-cache-shop', ContainerPath: '/var/cache/shop', ReadOnly: false },
      ],
    });
    expect(task.Volumes).toEqual([{ Name: 'tmp' }, { Name: 'var-cache-shop' }]);
    expect(template.one('AWS::ECS::Cluster').properties.ClusterSettings).toEqual([
      { Name: 'containerInsights', Value: 'enabled' },
    ]);
    const balancer = template.one('AWS::ElasticLoadBalancingV2::LoadBalancer').properties;
    expect(balancer.LoadBalancerAttributes).toEqual(
      expect.arrayContaining([
        { Key: 'access_logs.s3.enabled', Value: 'true' },
        { Key: 'access_logs.s3.bucket', Value: 'shop-access-logs' },
      ]),
    );
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  it.each(['tmp', '/', '/tmp/', '/a b'])('a writable path "%s" is refused', (path) => {
    const build = () => synthesized({ service: { writablePaths: [path] } });
    expect(build).toThrow(
      `GreengateService: writablePaths takes absolute paths such as /tmp, each once, got "${path}"`,
    );
  });

  it('a writable path is named once', () => {
    const build = () => synthesized({ service: { writablePaths: ['/tmp', '/data', '/tmp'] } });
    expect(build).toThrow('each once, got "/tmp"');
  });
});
