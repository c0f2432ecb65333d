import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Execution } from '../../simulator/states/executions/execution.ts';
import { type FakeFunction, roleArn, workflowWorld } from '../simulator/states/workflow-world.ts';

const definitionFile = fileURLToPath(
  new URL('../../statemachine/deploy.asl.json', import.meta.url),
);

export const release = {
  service: 'shop',
  repository: 'team/shop',
  tag: 'v2',
  digest: `sha256:${'2'.repeat(64)}`,
  pushedAt: '2026-11-21T09:00:00Z',
  eventId: '0b6f1c52-8a0e-4a53-9d77-3f2f4c1d9e10',
};

/** What preflight adds to the request. */
export const completed = { ...release, platformDigest: `sha256:${'a'.repeat(64)}` };

export const passedPreflight = {
  release: completed,
  summary: '20 OK',
  warnings: [],
  durationMs: 900,
};

export const deployed = {
  outcome: 'deployed',
  reason: 'Deployed',
  service: 'shop',
  tag: 'v2',
  digest: release.digest,
  deploymentId: 'd-AAAAAAAA1',
};

/** What a function throws, as Lambda reports it. */
export const failure = (errorType: string, errorMessage = 'told by the test') => ({
  errorType,
  errorMessage,
  trace: [],
});

export interface RunDeploymentPayload {
  readonly taskToken: string;
  readonly taskDefinitionArn: string;
  readonly execution: { readonly executionName: string; readonly redriveCount: number };
}

export type DeployFunctions = Partial<
  Record<
    'resolve' | 'preflight' | 'register' | 'runDeployment' | 'rollOut' | 'verify',
    FakeFunction
  >
>;

/** The real workflow file with fake functions; what they are called with is kept in `calls`. */
export function deployWorld(functions: DeployFunctions = {}) {
  const calls: string[] = [];
  const noted = (name: keyof DeployFunctions, usual: FakeFunction): FakeFunction => {
    const run = functions[name] ?? usual;
    return (payload, invocation) => {
      calls.push(name);
      return run(payload, invocation);
    };
  };
  const base = workflowWorld({
    resolve: noted('resolve', () => ({ outcome: 'proceed', reason: 'new', release })),
    preflight: noted('preflight', () => passedPreflight),
    register: noted('register', () => ({
      taskDefinitionArn: 'td:7',
      strategy: 'codedeploy',
      reused: false,
    })),
    runDeployment: noted('runDeployment', ({ taskToken }: RunDeploymentPayload) => {
      base.model.tokens.succeed(taskToken, JSON.stringify(deployed));
      return {};
    }),
    rollOut: noted('rollOut', () => deployed),
    verify: noted('verify', () => deployed),
  });
  const definition = readFileSync(definitionFile, 'utf8')
    .replace('${ResolveReleaseFunctionArn}', 'resolve')
    .replace('${PreflightFunctionArn}', 'preflight')
    .replace('${RegisterTaskDefinitionFunctionArn}', 'register')
    .replace('${RunDeploymentFunctionArn}', 'runDeployment')
    .replace('${RollOutFunctionArn}', 'rollOut')
    .replace('${VerifyReleaseFunctionArn}', 'verify');
  const machine = base.model.machines.create({ name: 'greengate-deploy', definition, roleArn });
  return {
    ...base,
    calls,
    deploy: (): Promise<Execution> => base.ended(base.startMachine(machine.arn, release)),
    begin: (): Execution => base.startMachine(machine.arn, release),
  };
}
