import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../architecture/source-files.ts';

const limitMs = 60_000;
const scratch = mkdtempSync(join(tmpdir(), 'greengate-bad-input-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Run {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of our commands as its npm script does, without npm's own output. */
function command(script: string, args: readonly string[], environment = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
      cwd: repositoryRoot,
      env: {
        PATH: process.env.PATH,
        TMPDIR: scratch,
        HOME: scratch,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...environment,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}

function file(name: string, text: string): string {
  const path = join(scratch, name);
  writeFileSync(path, text);
  return path;
}

const threeMistakes = file(
  'three-mistakes.yaml',
  `services:
  - name: shop
    image: { repository: team/shop, tags: [] }
    target:
      cluster: greengate-sample
      service: shop
      container: app
      application: shop
      deploymentGroup: shop
      deploymentGruop: shop
    checks:
      afterAllowTestTraffic:
        - { type: http, path: products }
`,
);

const stackTrace = /^\s+at /m;

describe('bad input', { timeout: limitMs }, () => {
  it.each([
    ['validate', 'cli/validate.ts', [threeMistakes], {}],
    ['rehearse', 'cli/rehearse.ts', ['--config', threeMistakes], {}],
    ['simulator', 'cli/simulator.ts', ['--port', '0', '--config', threeMistakes], {}],
    ['synth', 'infra/app.ts', [], { GREENGATE_CONFIG: threeMistakes }],
  ])('%s prints three mistakes with their paths and exits 1', async (_, script, args, env) => {
    const { exitCode, stderr, stdout } = await command(script, args, env);
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain(`${threeMistakes}:3:`);
    expect(lines[0]).toContain('services[0].image.tags');
    expect(lines[1]).toContain('services[0].target.deploymentGruop');
    expect(lines[2]).toContain('services[0].checks.afterAllowTestTraffic[0].path');
    expect(stdout).toBe('');
    expect(exitCode).toBe(1);
  });

  it('a busy port is one line that says how to go on', async () => {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await command('cli/simulator.ts', ['--port', String(port)]);
    server.close();
    expect(stderr.trim()).toBe(
      `Cannot listen on 127.0.0.1:${port}: the port is in use; choose another with --port, or --port 0 for a free one`,
    );
    expect(exitCode).toBe(1);
  });

  it('a template with unsupported resources and properties names all of them and creates nothing', async () => {
    const template = file(
      'unsupported.template.json',
      JSON.stringify({
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', Colour: 'green' } },
          Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
          Topic: { Type: 'AWS::SNS::Topic' },
        },
      }),
    );
    const { exitCode, stderr, stdout } = await command('cli/simulator.ts', [
      '--port',
      '0',
      '--template',
      template,
    ]);
    expect(stderr).toMatch(/Queue.*AWS::SQS::Queue.*Colour/);
    expect(stderr).toMatch(/Table.*AWS::DynamoDB::Table/);
    expect(stderr).not.toMatch(/Topic/);
    expect(stderr).not.toMatch(stackTrace);
    expect(stdout).not.toContain('ready');
    expect(exitCode).toBe(1);
  });

  it.each([
    [
      'a port that is none',
      'cli/simulator.ts',
      ['--port', '99999'],
      /--port takes a number from 0 to 65535, got "99999"/,
    ],
    [
      'an unknown time mode',
      'cli/simulator.ts',
      ['--time', 'fast'],
      /--time takes skip, real or stepped, got "fast"/,
    ],
    [
      'an unknown setting',
      'cli/simulator.ts',
      ['--setting', 'nope=1'],
      /^There is no setting "nope"; there are /,
    ],
    [
      'an account that is none',
      'cli/simulator.ts',
      ['--account', '12'],
      /--account takes an account id of 12 digits, got "12"/,
    ],
    [
      'a Region that is none',
      'cli/simulator.ts',
      ['--region', 'Mars'],
      /--region takes a Region such as us-east-1, got "Mars"/,
    ],
    [
      'a seed that is none',
      'cli/simulator.ts',
      ['--seed', 'x'],
      /--seed takes a number from 0 to 4294967295, got "x"/,
    ],
    [
      'preflight of an unknown service',
      'cli/preflight.ts',
      ['--service', 'nope'],
      /^There is no service "nope" in greengate.yaml, it has: shop$/m,
    ],
    [
      'preflight without credentials',
      'cli/preflight.ts',
      ['--service', 'shop', '--region', 'eu-central-1'],
      /^No AWS credentials: set AWS_PROFILE or /m,
    ],
    [
      'preflight without a Region',
      'cli/preflight.ts',
      ['--service', 'shop'],
      /^No AWS Region: set AWS_REGION, or name one with --region$/m,
    ],
    ['an unknown option', 'cli/rehearse.ts', ['--fast'], /unknown option '--fast'/],
    [
      'a missing configuration',
      'cli/rehearse.ts',
      ['--config', '/nowhere.yaml'],
      /Cannot read \/nowhere.yaml: there is no such file/,
    ],
    [
      'a report that cannot be written',
      'cli/rehearse.ts',
      ['--json', '/nowhere/report.json'],
      /Cannot write the report to \/nowhere\/report.json: ENOENT/,
    ],
    [
      'a folder without Dockerfile',
      'cli/push.ts',
      ['127.0.0.1:4566/team/shop:v2', '/nowhere'],
      /^\/nowhere has no Dockerfile; name the folder that has it$/m,
    ],
    [
      'metadata that cannot be written',
      'cli/push.ts',
      [
        ...['127.0.0.1:4566/team/shop:v2', 'simulator/workloads/shop'],
        ...['--metadata-file', '/nowhere/image.json'],
      ],
      /^Cannot write the metadata to \/nowhere\/image.json: ENOENT; name another file$/m,
    ],
    [
      'an assembly that is not there',
      'cli/simulator.ts',
      ['--port', '0', '--assembly', '/nowhere'],
      /^Cannot read \/nowhere\/manifest.json of the cloud assembly: there is no such file; name the folder that cdk synth wrote, such as cdk.out$/m,
    ],
    [
      'an assembly beside a configuration',
      'cli/simulator.ts',
      ['--port', '0', '--assembly', 'cdk.out', '--config', 'greengate.yaml'],
      /^--config and --assembly exclude each other/m,
    ],
    [
      'a template that is not there',
      'cli/simulator.ts',
      ['--port', '0', '--template', '/nowhere.json'],
      /Cannot read \/nowhere.json/,
    ],
    [
      'a template that is not JSON',
      'cli/simulator.ts',
      ['--port', '0', '--template', file('broken.json', '{')],
      /Stack broken: template is not JSON/,
    ],
  ])('%s is one clear line', async (_, script, args, message) => {
    const { exitCode, stderr } = await command(script, args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(stackTrace);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(exitCode).toBe(1);
  });

  it('refuses to rehearse a configuration without the sample service', async () => {
    const other = file(
      'other.yaml',
      `services:
  - name: api
    image: { repository: team/api, tags: ["v*"] }
    target: { cluster: prod, service: api, container: api, application: api, deploymentGroup: api }
`,
    );
    const { exitCode, stderr } = await command('cli/rehearse.ts', ['--config', other]);
    expect(stderr).toMatch(/^Nothing to rehearse: .*cluster greengate-sample, service shop/);
    expect(exitCode).toBe(1);
  });

  it('leaves no scratch folder behind', () => {
    expect(readdirSync(scratch).filter((name) => name.startsWith('greengate-'))).toEqual([]);
  });
});
