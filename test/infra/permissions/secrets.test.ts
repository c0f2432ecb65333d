import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../functions/core/config/schema.ts';
import { hookLifecycleEvents } from '../../../functions/core/lifecycle-events.ts';
import { hookName } from '../../../infra/names.ts';
import { repositoryConfig, type Synthesized, synthesize } from '../synthesized.ts';
import { actionsOf, statementsOf } from '../template.ts';

const fullArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop/full-AbC123';

const [shop] = repositoryConfig().services;
const config = configSchema.parse({
  services: [
    {
      ...shop,
      preflight: undefined,
      checks: {
        afterAllowTestTraffic: [
          {
            type: 'http',
            path: '/cart',
            headers: { authorization: '${secrets.TOKEN}${secrets.FLAG}' },
            secrets: {
              TOKEN: { secretsManager: 'shop/probe', key: 'token' },
              FLAG: { parameter: '/shop/flag:3' },
            },
          },
          {
            type: 'compare',
            paths: ['/'],
            headers: { authorization: '${secrets.TOKEN}' },
            secrets: { TOKEN: { secretsManager: fullArn } },
          },
        ],
        beforeAllowTraffic: [
          {
            type: 'http',
            path: '/',
            headers: { a: '${secrets.A}${secrets.B}' },
            secrets: {
              A: { secretsManager: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:partial' },
              B: { parameter: 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/arn:current' },
            },
          },
        ],
        afterAllowTraffic: [
          {
            type: 'http',
            path: '/',
            headers: { a: '${secrets.A}' },
            secrets: { A: { parameter: '/aws/reference/secretsmanager/shop/late' } },
          },
        ],
      },
    },
  ],
});

let synthesized: Synthesized;
beforeAll(() => {
  synthesized = synthesize(config);
});
afterAll(() => synthesized.dispose());

/** `Fn::Join` and `Ref` as one text, e.g. `arn:AWS::Partition:ssm:…`. */
function flat(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(flat);
  if ('Ref' in value) return value.Ref;
  if ('Fn::Join' in value) {
    const [separator, parts] = value['Fn::Join'] as [string, unknown[]];
    return parts.map(flat).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, flat(member)]));
}

const secretActions = ['kms:Decrypt', 'secretsmanager:GetSecretValue', 'ssm:GetParameter'];

function readable(functionName: string, action: string): unknown {
  return statementsOf(synthesized.controller.roleOf(functionName))
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resources }) => flat(resources))
    .toSorted();
}

const ours = (service: string) => `arn:AWS::Partition:${service}:AWS::Region:AWS::AccountId`;
const probe = `${ours('secretsmanager')}:secret:shop/probe-??????`;
const flag = `${ours('ssm')}:parameter/shop/flag`;

describe('what a hook may read of secrets', () => {
  it.each<[(typeof hookLifecycleEvents)[number], string[], string[]]>([
    ['BeforeInstall', [probe], [flag]],
    ['AfterInstall', [], []],
    ['AfterAllowTestTraffic', [probe, fullArn], [flag]],
    [
      'BeforeAllowTraffic',
      [probe, 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:partial-??????'],
      [flag, 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/arn'],
    ],
    [
      'AfterAllowTraffic',
      [probe, `${ours('secretsmanager')}:secret:shop/late-??????`],
      [flag, `${ours('ssm')}:parameter/aws/reference/secretsmanager/shop/late`],
    ],
  ])('is, in %s, what its checks name', (event, secrets, parameters) => {
    expect(readable(hookName(event), 'secretsmanager:GetSecretValue')).toEqual(secrets.toSorted());
    expect(readable(hookName(event), 'ssm:GetParameter')).toEqual(parameters.toSorted());
  });

  it('includes their keys, through the service that holds the secret and for it alone', () => {
    const decrypting = statementsOf(
      synthesized.controller.roleOf(hookName('AfterAllowTestTraffic')),
    ).filter(({ actions }) => actions.includes('kms:Decrypt'));

    expect(decrypting.map(flat)).toEqual([
      {
        actions: ['kms:Decrypt'],
        resources: [`${ours('kms')}:key/*`],
        condition: {
          StringEquals: { 'kms:ViaService': 'secretsmanager.AWS::Region.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:SecretARN': [probe, fullArn] },
        },
      },
      {
        actions: ['kms:Decrypt'],
        resources: [`${ours('kms')}:key/*`],
        condition: {
          StringEquals: { 'kms:ViaService': 'ssm.AWS::Region.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': [flag] },
        },
      },
    ]);
  });

  it('is nothing for every other function', () => {
    const hooks = hookLifecycleEvents
      .filter((event) => event !== 'AfterInstall')
      .map((event) => hookName(event));
    const { controller } = synthesized;
    const others = controller.functionNames.filter((name) => !hooks.includes(name));

    expect(others).toContain(hookName('AfterInstall'));
    expect(
      others.filter((name) =>
        actionsOf(controller.roleOf(name)).some((action) => secretActions.includes(action)),
      ),
    ).toEqual([]);
  });

  it('is nothing at all when no check names a secret', () => {
    const plain = synthesize(configSchema.parse({ services: [{ ...shop, checks: {} }] }));
    try {
      const actions = plain.controller.ofType('AWS::IAM::Role').flatMap(actionsOf);
      expect(actions.filter((action) => secretActions.includes(action))).toEqual([]);
    } finally {
      plain.dispose();
    }
  });

  it('leaves nothing for cdk-nag to find', () => {
    const { violations } = new AwsSolutionsChecks(synthesized.app).validateScope(synthesized.app);
    expect(
      violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
      ),
    ).toEqual([]);
  });
});
