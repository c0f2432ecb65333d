import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../../infra/paths.ts';
import { Template } from '../template.ts';
import { EnvironmentStack, environmentApp, variants } from './variants.ts';

const outdir = mkdtempSync(join(tmpdir(), 'greengate-variants-'));
const names = Object.keys(variants);
const stackName = (name: string) => `Variant${names.indexOf(name)}`;
let templates: ReadonlyMap<string, Template>;
let findings: readonly string[];

beforeAll(() => {
  // One app for all: a synthesis costs seconds.
  const app = environmentApp(outdir);
  for (const name of names) new EnvironmentStack(app, stackName(name), variants[name] ?? {});
  const assembly = app.synth();
  templates = new Map(
    names.map((name) => [
      name,
      new Template(assembly.getStackByName(stackName(name)).template as Record<string, unknown>),
    ]),
  );
  findings = new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    );
}, 120_000);
afterAll(() => rmSync(outdir, { recursive: true }));

const template = (name: string): Template => {
  const found = templates.get(name);
  if (!found) throw new Error(`No variant ${name}`);
  return found;
};
const types = (name: string) => new Set(template(name).resources.map(({ type }) => type));

describe('every variant', () => {
  it('has no finding of cdk-nag that was not acknowledged with a reason', () => {
    expect(findings).toEqual([]);
  });

  it('passes cfn-lint where it is installed, and says so where not', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'infra/lint-templates.ts', outdir],
      { cwd: repositoryRoot, encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/not installed, skipped|8 templates, no findings/);
    console.log(stdout.trim());
  }, 120_000);

  it('is one of few in which each two choices meet', () => {
    const choices = Object.values(variants).map(({ egress, balancer, service = {} }) => [
      egress ?? 'nat-instance',
      balancer ? 'HTTPS' : 'HTTP',
      service.capacity ?? 'fargate',
      service.architecture ?? 'x86_64',
      service.strategy ?? 'codedeploy',
    ]);
    const met = new Set(
      choices.flatMap((each) =>
        each.flatMap((one, index) => each.slice(index + 1).map((other) => `${one} ${other}`)),
      ),
    );
    // 3 ways out with 4 choices of two each, and those 4 among themselves.
    expect(met.size).toBe(3 * 4 * 2 + 6 * 4);
  });

  it.each(names)('%s: rolls back for every reason', (name) => {
    const { strategy = 'codedeploy' } = variants[name]?.service ?? {};
    const [service] = template(name).ofType('AWS::ECS::Service');
    if (strategy === 'ecs-rolling') {
      expect(types(name)).not.toContain('AWS::CodeDeploy::DeploymentGroup');
      expect(service?.properties.DeploymentConfiguration).toMatchObject({
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        Alarms: { AlarmNames: [expect.anything()], Enable: true, Rollback: true },
      });
      return;
    }
    expect(template(name).one('AWS::CodeDeploy::DeploymentGroup').properties).toMatchObject({
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      AlarmConfiguration: { Enabled: true, IgnorePollAlarmFailure: false },
    });
  });

  it.each(names)('%s: admits nobody but the hooks to the test listener', (name) => {
    const secure = variants[name]?.balancer !== undefined;
    const port = secure ? 8443 : 8080;
    const admitted = [
      ...template(name)
        .ofType('AWS::EC2::SecurityGroup')
        .filter(({ logicalId }) => logicalId.startsWith('Balancer'))
        .flatMap(({ properties }) => (properties.SecurityGroupIngress ?? []) as object[]),
      ...template(name)
        .ofType('AWS::EC2::SecurityGroupIngress')
        .filter(({ logicalId }) => logicalId.startsWith('Balancer'))
        .map(({ properties }) => properties),
    ].filter((rule) => 'FromPort' in rule && rule.FromPort === port);
    if (variants[name]?.service?.strategy === 'ecs-rolling') {
      expect(admitted).toEqual([]);
      return;
    }
    const text = JSON.stringify(admitted);
    expect(admitted).toHaveLength(1);
    expect(text).toContain(
      variants[name]?.egress === 'endpoints-only' ? 'HookSecurityGroup' : 'EgressAddress',
    );
  });

  it.each(names)('%s: redirects from port 80 exactly where it has a certificate', (name) => {
    const listeners = template(name).ofType('AWS::ElasticLoadBalancingV2::Listener');
    const [plain] = listeners.filter(({ properties }) => properties.Port === 80);
    const secure = variants[name]?.balancer !== undefined;
    expect(JSON.stringify(plain?.properties.DefaultActions)).toContain(
      secure ? '"Type":"redirect"' : '"Type":"forward"',
    );
    const protocols = listeners
      .filter(({ properties }) => properties.Port !== 80)
      .map(({ properties }) => properties.Protocol);
    expect(new Set(protocols).has('HTTP')).toBe(!secure && protocols.length > 0);
  });

  it.each(names)('%s: runs on what was asked for', (name) => {
    const { capacity = 'fargate', architecture = 'x86_64' } = variants[name]?.service ?? {};
    const task = template(name).one('AWS::ECS::TaskDefinition').properties;
    expect(task.RequiresCompatibilities).toEqual([capacity.toUpperCase()]);
    expect(task.RuntimePlatform).toMatchObject({
      CpuArchitecture: architecture === 'arm64' ? 'ARM64' : 'X86_64',
    });
    expect(types(name).has('AWS::ECS::CapacityProvider')).toBe(capacity === 'ec2');
  });
});

describe('networks', () => {
  const gatewayOf = (name: string) =>
    template(name)
      .ofType('AWS::EC2::Route')
      .map(({ properties }) => Object.keys(properties).filter((key) => /Id$/.test(key)));

  it('has one NAT instance that is replaced, behind an address and routes that stay', () => {
    expect(types('default')).not.toContain('AWS::EC2::NatGateway');
    expect(JSON.stringify(gatewayOf('default'))).toContain('NetworkInterfaceId');
    const [group] = template('default').ofType('AWS::AutoScaling::AutoScalingGroup');
    expect(group?.properties).toMatchObject({ MinSize: '1', MaxSize: '1' });
    expect(group?.properties).not.toHaveProperty('VPCZoneIdentifier');
    expect(template('default').one('AWS::EC2::NetworkInterface').properties).toMatchObject({
      SourceDestCheck: false,
    });
  });

  it('has one NAT gateway', () => {
    expect(template('NAT gateway, EC2').ofType('AWS::EC2::NatGateway')).toHaveLength(1);
  });

  it('has no way to the internet with endpoints only, and an endpoint for each service that is called', () => {
    const closed = template('endpoints only, rolling');
    expect(types('endpoints only, rolling')).not.toContain('AWS::EC2::InternetGateway');
    expect(closed.ofType('AWS::EC2::Route')).toEqual([]);
    expect(
      closed
        .ofType('AWS::EC2::VPCEndpoint')
        .map(({ properties }) => JSON.stringify(properties.ServiceName))
        .map((service) => /([\w.-]+)"?\]?\]?\}?$/.exec(service)?.[1]?.replace(/^\./, ''))
        .toSorted(),
    ).toEqual(
      [
        ...['codedeploy', 'ecr.api', 'ecr.dkr', 'ecs', 'ecs-agent', 'ecs-telemetry'],
        ...['elasticloadbalancing', 'logs', 'monitoring', 's3', 'secretsmanager', 'sns'],
        ...['ssm', 'states'],
      ].toSorted(),
    );
    expect(closed.one('AWS::ElasticLoadBalancingV2::LoadBalancer').properties).toMatchObject({
      Scheme: 'internal',
    });
  });
});
