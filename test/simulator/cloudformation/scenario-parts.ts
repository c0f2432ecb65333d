import type { Resources } from './deployer.ts';

export interface Scenario {
  readonly resources: Resources;
  /** Each is needed: without it the stack is refused. */
  readonly needs: readonly string[];
  /** What rolls back and deletes. */
  readonly cleanup: readonly string[];
  /** By action: part of the resource that the refusal names. */
  readonly refusedOn: Readonly<Record<string, string>>;
}

export const Ref = (name: string) => ({ Ref: name });
export const of = (name: string, attribute: string) => ({ 'Fn::GetAtt': [name, attribute] });
export const Tags = [{ Key: 'team', Value: 'web' }];
export const type = (Type: string, Properties: object = {}) => ({ Type, Properties });
