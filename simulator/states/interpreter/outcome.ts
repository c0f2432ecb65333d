import type { Template } from '../definition/workflow.ts';
import type { StatesData } from '../query/query-language.ts';

/** What a state type's own work came to, before Assign and Output are applied. */
export interface Outcome {
  /** Output unless the definition gives one. */
  readonly output: unknown;
  /** Next state; undefined ends this line of states. */
  readonly next: string | undefined;
  /** What Assign and Output may read besides input and context. */
  readonly data?: Pick<StatesData, 'result' | 'errorOutput'>;
  /** Whose Assign and Output count: the state's own, a Choice Rule's or a Catcher's. */
  readonly transform: { readonly Assign?: Template; readonly Output?: Template };
  /** Where `transform` stands inside the state: ``, `Choices[1]/`, `Catch[0]/`. */
  readonly location?: string;
}
