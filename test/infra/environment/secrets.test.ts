import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statementsOf, Template } from '../template.ts';
import { EnvironmentStack, environmentApp } from './variants.ts';

const complete = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/key-AbC123';
const outdir = mkdtempSync(join(tmpdir(), 'greengate-secrets-'));
const app = environmentApp(outdir);
let template: Template;

beforeAll(() => {
  new EnvironmentStack(app, 'Stack', {
    service: {
      environment: { LOG_LEVEL: 'info' },
      secrets: { PASSWORD: 'shop/database#password', USER: 'shop/database#user', KEY: complete },
    },
  });
  template = new Template(app.synth().getStackByName('Stack').template as Record<string, unknown>);
});
afterAll(() => rmSync(outdir, { recursive: true }));

describe('secrets of a service', () => {
  it('reach the container by reference, never by value', () => {
    const [container] = template.one('AWS::ECS::TaskDefinition').properties
      .ContainerDefinitions as { Environment: unknown; Secrets: { Name: string }[] }[];
    expect(container?.Environment).toEqual([{ Name: 'LOG_LEVEL', Value: 'info' }]);
    const [password, user, key] = container?.Secrets ?? [];
    expect(JSON.stringify(password)).toContain(':secret:shop/database:password::');
    expect(JSON.stringify(user)).toContain(':secret:shop/database:user::');
    expect(key).toEqual({ Name: 'KEY', ValueFrom: complete });
  });

  it('are all that the execution role may read, each once', () => {
    const Description = 'Pulls images, reads secrets and writes logs for the tasks';
    const [reading] = statementsOf(template.one('AWS::IAM::Role', { Description })).filter(
      ({ actions }) => actions.includes('secretsmanager:GetSecretValue'),
    );
    expect(reading?.resources).toHaveLength(2);
    const text = JSON.stringify(reading?.resources);
    expect(text).toContain(':secret:shop/database-??????');
    expect(text).toContain(`"${complete}"`);
  });

  it('leave cdk-nag nothing to find', () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });
});
