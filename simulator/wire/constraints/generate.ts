/**
 * Writes the constraint files in `generated/` from botocore's service models, which are run by maintainers
 * only, after an update of the SDK or of botocore:
 *
 *     npm run constraints -- "$(python3 -c 'import botocore; print(botocore.__path__[0])')"
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { ServiceName } from '../operation.ts';
import { loadServiceSchemas } from '../service-schemas.ts';
import { type BotocoreModel, extractConstraints } from './extract-constraints.ts';

/** Folders of botocore's `data`, by SDK package. */
const folders: Readonly<Record<ServiceName, string>> = {
  acm: 'acm',
  'application-auto-scaling': 'application-autoscaling',
  cloudformation: 'cloudformation',
  cloudwatch: 'cloudwatch',
  'cloudwatch-logs': 'logs',
  codedeploy: 'codedeploy',
  ec2: 'ec2',
  ecr: 'ecr',
  ecs: 'ecs',
  'elastic-load-balancing-v2': 'elbv2',
  eventbridge: 'events',
  iam: 'iam',
  lambda: 'lambda',
  s3: 's3',
  'secrets-manager': 'secretsmanager',
  servicediscovery: 'servicediscovery',
  sfn: 'stepfunctions',
  sns: 'sns',
  sqs: 'sqs',
  ssm: 'ssm',
  sts: 'sts',
};

/** EC2 has hundreds of operations; only the networking that ECS and balancers need is of interest. */
const ofInterest: Readonly<Partial<Record<ServiceName, RegExp>>> = {
  ec2: /Vpc|Subnet|SecurityGroup|RouteTable|Route$|InternetGateway|NatGateway|Address|NetworkInterface|Tags|AvailabilityZones|Regions|AccountAttributes|NetworkAcl|PrefixList|DhcpOptions|Instances|InstanceTypes|Images/,
};

const [botocore] = process.argv.slice(2);
if (botocore === undefined) throw new Error('Give the folder of the botocore package');
const version = /__version__ = '([^']+)'/.exec(
  readFileSync(join(botocore, '__init__.py'), 'utf8'),
)?.[1];
const target = join(fileURLToPath(import.meta.url), '..', 'generated');
for (const [name, folder] of Object.entries(folders) as [ServiceName, string][]) {
  const base = join(botocore, 'data', folder);
  const latest = readdirSync(base).sort().at(-1) ?? '';
  const packed = readFileSync(join(base, latest, 'service-2.json.gz'));
  const model = JSON.parse(gunzipSync(packed).toString('utf8')) as BotocoreModel;
  const known = loadServiceSchemas(name).operations;
  const wanted = (operation: string) =>
    known.has(operation) && (ofInterest[name]?.test(operation) ?? true);
  const origin = `botocore ${version ?? ''}, ${folder} ${latest}; Apache License 2.0, Copyright Amazon.com, Inc. or its affiliates; reduced by simulator/wire/constraints/generate.ts`;
  const text = JSON.stringify({ origin, ...extractConstraints(model, wanted) });
  writeFileSync(join(target, `${name}.json`), `${text}\n`);
  process.stdout.write(`${name}: ${Math.round(text.length / 1024)} KB\n`);
}
