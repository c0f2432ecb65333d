import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../functions/core/config/parse.ts';
import { problemsOf, serviceText, withHttpCheck } from './config-text.ts';

const sample = readFileSync(new URL('../../../greengate.yaml', import.meta.url), 'utf8');

describe('parseConfig', () => {
  it('takes the committed greengate.yaml', () => {
    expect(problemsOf(sample)).toEqual([]);
  });

  it.each(['shop', 'team/shop', 'team__a/shop--api', 'a---b', '1a.b2'])(
    'takes the repository %s, a name that ECR takes',
    (name) => {
      expect(problemsOf(serviceText.replace('team/shop', name))).toEqual([]);
    },
  );

  it.each(['a___b', 'a_-b', 'a..b', 'team//shop', 'shop-', 'Shop'])(
    'refuses the repository %s, which ECR refuses',
    (name) => {
      expect(problemsOf(serviceText.replace('team/shop', name))).toEqual([
        `greengate.yaml:4:7 services[0].image.repository: is "${name}", expected an ECR repository name`,
      ]);
    },
  );

  it('fills in defaults', () => {
    const parsed = parseConfig(withHttpCheck('requests: 3'), 'greengate.yaml');
    expect(parsed.ok && parsed.config.services[0]).toEqual({
      name: 'shop',
      image: { repository: 'team/shop', tags: ['v*'] },
      target: {
        strategy: 'codedeploy',
        cluster: 'prod',
        service: 'shop',
        container: 'app',
        application: 'shop',
        deploymentGroup: 'shop',
      },
      checks: {
        afterAllowTestTraffic: [
          {
            type: 'http',
            path: '/',
            method: 'GET',
            headers: {},
            redirects: { follow: 0 },
            requests: 3,
            maxTotalSeconds: 240,
            timeoutMs: 2000,
            protocol: 'http/1.1',
            tls: {},
            secrets: {},
            expect: {
              status: 200,
              headers: {},
              cookies: {},
              json: {},
              errorShare: { max: 0 },
            },
            allowInconclusive: false,
          },
        ],
        beforeAllowTraffic: [],
        afterAllowTraffic: [],
      },
      onNewerPush: 'wait',
      endRetentionEarly: false,
      approval: { required: false, timeoutMinutes: 45 },
      failFast: { stoppedTasks: 3, logLines: 5 },
      preflight: {
        warnOnly: ['auto-scaling', 'deployment-in-flight', 'circuit-breaker'],
        vulnerabilities: {
          critical: 0,
          high: 'unlimited',
          medium: 'unlimited',
          neverScanned: 'skip',
          waitSeconds: 60,
        },
        maxHealthySeconds: 3600,
      },
    });
  });

  it('prints three mistakes of three kinds, each with its place', () => {
    const yaml = serviceText
      .replace('tags: ["v*"]', 'tags: []')
      .replace('cluster: prod', 'clustre: prod')
      .concat(
        '    checks:\n      afterAllowTestTraffic:\n',
        '        - { type: http, path: /, expect: { body: { matches: "(" } } }\n',
      );
    expect(problemsOf(yaml)).toEqual([
      'greengate.yaml:5:7 services[0].image.tags: is an empty list, expected at least 1 item(s)',
      'greengate.yaml:6:5 services[0].target.cluster: is missing, expected text',
      'greengate.yaml:7:7 services[0].target.clustre: is not a known member, did you mean cluster?',
      'greengate.yaml:14:52 services[0].checks.afterAllowTestTraffic[0].expect.body.matches: is not a regular expression: Invalid regular expression: /(/u: Unterminated group',
    ]);
  });

  it.each([
    ['an empty file', '', 'greengate.yaml:1:1 is empty, expected a map with services'],
    ['a list', '- shop', 'greengate.yaml:1:1 is a list, expected a map'],
    [
      'no services',
      'services: []',
      'greengate.yaml:1:1 services: is an empty list, expected at least',
    ],
    [
      'text for services',
      'services: shop',
      'greengate.yaml:1:1 services: is "shop", expected a list',
    ],
    [
      'an item that is empty',
      'services:\n  -\n',
      'greengate.yaml:2:4 services[0]: is null, expected a map',
    ],
    [
      'an unknown alias',
      'services: *all',
      'greengate.yaml:1:11 alias *all has no anchor &all before it',
    ],
    [
      'a name with a blank',
      serviceText.replace('name: shop', 'name: my shop'),
      'greengate.yaml:2:5 services[0].name: is "my shop", expected 1 to 32 letters, digits, hyphens or underscores, the first a letter or digit',
    ],
    [
      'a reserved name',
      serviceText.replace('name: shop', 'name: ignored'),
      'greengate.yaml:2:5 services[0].name: is "ignored", which records of pushes are named, expected another',
    ],
    [
      'a registry host',
      serviceText.replace('team/shop', '1.dkr.ecr/Team'),
      'greengate.yaml:4:7 services[0].image.repository: is "1.dkr.ecr/Team", expected an ECR repository name',
    ],
    [
      'a registry before the name',
      serviceText.replace('team/shop', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/shop'),
      'greengate.yaml:4:7 services[0].image.repository: names the registry too; only what follows the first slash belongs here',
    ],
    [
      'another strategy',
      serviceText.replace('target:', 'target:\n      strategy: rolling'),
      'greengate.yaml:7:7 services[0].target.strategy: is "rolling", expected codedeploy or ecs-rolling',
    ],
    [
      'a number for a name',
      serviceText.replace('cluster: prod', 'cluster: 12'),
      'greengate.yaml:7:7 services[0].target.cluster: is 12, expected text: put it in quotes',
    ],
    [
      'a key given twice',
      serviceText.replace('cluster: prod', 'cluster: prod\n      cluster: test'),
      'greengate.yaml:8:7 is a member that this map has already: keep one of the two',
    ],
    [
      'an unknown event',
      `${serviceText}    checks:\n      afterInstall: []\n`,
      'greengate.yaml:13:7 services[0].checks.afterInstall: is not a known member',
    ],
    [
      'an unknown check',
      `${serviceText}    checks:\n      beforeAllowTraffic: [{ type: htp }]\n`,
      'greengate.yaml:13:30 services[0].checks.beforeAllowTraffic[0].type: is "htp", expected http or flow or websocket or grpc-health or alarms or compare or custom',
    ],
    [
      'a check without type',
      `${serviceText}    checks:\n      beforeAllowTraffic: [{ names: [a] }]\n`,
      'greengate.yaml:13:28 services[0].checks.beforeAllowTraffic[0].type: is missing, expected http or flow or websocket or grpc-health or alarms or compare or custom',
    ],
  ])('says what is wrong with %s', (_, yaml, problem) => {
    expect(problemsOf(yaml)).toEqual([expect.stringContaining(problem)]);
  });

  it('refuses two services of one name, one deployment group or one ECS service', () => {
    const [, ...service] = serviceText.split('\n');
    expect(problemsOf(`${serviceText}${service.join('\n')}`)).toEqual([
      'greengate.yaml:12:5 services[1].name: "shop" names services[0] already',
      'greengate.yaml:18:7 services[1].target.service: ECS service "shop" of cluster "prod" is deployed by services[0] already',
      'greengate.yaml:21:7 services[1].target.deploymentGroup: deployment group "shop" of "shop" is deployed by services[0] already',
    ]);
  });

  it('takes equal deployment group names of two applications', () => {
    const [, ...service] = serviceText.split('\n');
    const second = service
      .join('\n')
      .replace('name: shop', 'name: cart')
      .replace('service: shop', 'service: cart')
      .replace('application: shop', 'application: cart');
    expect(problemsOf(`${serviceText}${second}`)).toEqual([]);
  });

  it('reports mistakes before a syntax error beside it, and not what only follows from it', () => {
    const yaml = serviceText
      .replace('cluster: prod', 'cluster: 12')
      .replace('      deploymentGroup', '\tdeploymentGroup');
    expect(problemsOf(yaml)).toEqual([
      'greengate.yaml:7:7 services[0].target.cluster: is 12, expected text: put it in quotes',
      'greengate.yaml:11:1 Tabs are not allowed as indentation',
    ]);
  });

  it('refuses a bomb of aliases', () => {
    const bomb = [
      'a: &a [1]',
      ...'bcde'.split('').map((name, at) => {
        const before = 'abcd'[at];
        return `${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`;
      }),
    ].join('\n');
    expect(problemsOf(bomb)).toEqual([expect.stringContaining('Excessive alias count')]);
  });

  it('answers for any text, with a place for every problem', () => {
    const lines = serviceText.split('\n');
    const mangled = fc
      .tuple(fc.nat({ max: lines.length }), fc.string({ unit: 'grapheme', maxLength: 20 }))
      .map(([at, noise]) => lines.toSpliced(at, 1, noise).join('\n'));
    fc.assert(
      fc.property(fc.oneof(mangled, fc.string()), (yaml) => {
        const parsed = parseConfig(yaml, 'greengate.yaml');
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { line, column } of parsed.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
