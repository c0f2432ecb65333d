import { readFileSync } from 'node:fs';

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: string;
}

export interface AslState {
  readonly Type: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName: string; readonly Payload: unknown };
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly Output: unknown;
    readonly Next: string;
  }[];
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Output?: unknown;
}

const read = (file: string) =>
  readFileSync(new URL(`../../statemachine/${file}`, import.meta.url), 'utf8');

export const deployText = read('deploy.asl.json');
export const readmeText = read('README.md');

export const deployDefinition: {
  readonly QueryLanguage: string;
  readonly States: Readonly<Record<string, AslState>>;
} = JSON.parse(deployText);

export function stateNamed(name: string): AslState {
  const state = deployDefinition.States[name];
  if (state === undefined) throw new Error(`no state ${name}`);
  return state;
}

export const taskStates: [string, AslState][] = Object.entries(deployDefinition.States).filter(
  ([, state]) => state.Type === 'Task',
);
