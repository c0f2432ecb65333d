import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wireServices } from '../../../../simulator/models.ts';
import { createSimulator, type Simulator } from '../../../../simulator/simulator.ts';
import { loadConstraints } from '../../../../simulator/wire/constraints/constraint-file.ts';
import { compilePattern } from '../../../../simulator/wire/constraints/java-pattern.ts';
import type { ServiceName } from '../../../../simulator/wire/operation.ts';
import { serviceDescriptions } from '../../../../simulator/wire/service-description.ts';
import { loadServiceSchemas } from '../../../../simulator/wire/service-schemas.ts';

const services = serviceDescriptions().map(({ name }) => name);

let simulator: Simulator;
beforeAll(async () => {
  simulator = await createSimulator();
});
afterAll(() => simulator.stop());

/** Operations that are newer than the models, by service. */
const newer: Readonly<Partial<Record<ServiceName, readonly string[]>>> = {};

it('there are constraints of every operation that is simulated', () => {
  const without = wireServices(simulator.models, simulator.world).flatMap(
    ({ name, operations }) => {
      const known = loadConstraints(name).operations;
      const missing = Object.keys(operations).filter(
        (operation) => !Object.hasOwn(known, operation),
      );
      return missing.length > 0 ? [[name, missing]] : [];
    },
  );
  expect(Object.fromEntries(without)).toEqual(newer);
});

describe.each(services)('the constraints of %s', (service) => {
  const { origin, shapes } = loadConstraints(service);

  it('name their origin and licence', () => {
    expect(origin).toMatch(/^botocore \d+\.\d+\.\d+, .*; Apache License 2\.0, Copyright Amazon/);
  });

  it('hold patterns that JavaScript can read', () => {
    const unreadable = Object.values(shapes).filter(
      ({ pattern }) => pattern !== undefined && compilePattern(pattern) === undefined,
    );
    expect(unreadable).toEqual([]);
  });
});

const folders: readonly (readonly [string, ServiceName])[] = [
  ['acm', 'acm'],
  ['application-autoscaling', 'application-auto-scaling'],
  ['cloudformation', 'cloudformation'],
  ['cloudwatch', 'cloudwatch'],
  ['codedeploy', 'codedeploy'],
  ['ecr', 'ecr'],
  ['ecs', 'ecs'],
  ['elbv2', 'elastic-load-balancing-v2'],
  ['events', 'eventbridge'],
  ['iam', 'iam'],
  ['lambda', 'lambda'],
  ['logs', 'cloudwatch-logs'],
  ['secretsmanager', 'secrets-manager'],
  ['servicediscovery', 'servicediscovery'],
  ['sns', 'sns'],
  ['sqs', 'sqs'],
  ['ssm', 'ssm'],
  ['states', 'sfn'],
  ['sts', 'sts'],
];

/** Codes that no operation of the service declares; EC2's and S3's models declare next to none. */
const documented: Readonly<Partial<Record<ServiceName, Readonly<Record<string, string>>>>> = {
  codedeploy: { AccessDenied: 'what CloudWatch answers to the role of a deployment group' },
  ecs: { GeneralServiceException: 'handler error code of a stack resource, not of a call' },
  'elastic-load-balancing-v2': {
    UnsupportedCertificate:
      'common errors of the service, in the API reference of AddListenerCertificates',
  },
  eventbridge: { InvalidJson: 'ERROR_CODE of dead letters, not of a call' },
  lambda: {
    RequestEntityTooLargeException: 'Common Errors and the limits page: bodies over the limit',
  },
  'secrets-manager': { InvalidRequest: 'handler error code of a stack resource, not of a call' },
  sfn: { NoSuchKey: "S3's own, where a stack keeps a definition in S3; not of a call" },
  sqs: {
    InvalidParameterValue: 'common errors of the service',
    MissingParameter: 'common errors of the service',
  },
};
const common = /^(NotImplemented|ValidationError|ValidationException|AccessDenied(Exception)?)$/;

it.each(folders)('what %s throws is declared by the model of %s', (folder, service) => {
  const { operations, errorCodes } = loadConstraints(service);
  const { error } = loadServiceSchemas(service);
  const declared = new Set([
    ...Object.values(operations).flatMap(({ errors }) => errors),
    ...Object.values(errorCodes),
  ]);
  const known = (code: string) => declared.has(code) || error(code) || common.test(code);
  const undeclared = new Set(thrownCodes(folder).filter((code) => !known(code)));
  const excused = Object.keys(documented[service] ?? {});
  expect([...undeclared].filter((code) => !excused.includes(code))).toEqual([]);
});

function thrownCodes(folder: string): string[] {
  const base = fileURLToPath(new URL(`../../../../simulator/${folder}`, import.meta.url));
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const text = readFileSync(join(base, name), 'utf8');
      return [...text.matchAll(/new AwsError\(\s*'([\w.]+)'/g)].map(([, code = '']) => code);
    });
}
