/** JSON without containers: what a leaf of an event can be. */
export type Scalar = string | number | boolean | null;

/** Decides about one leaf of an event. */
export type ValueMatcher = (value: Scalar) => boolean;

export class PatternProblem extends Error {
  override readonly name = 'PatternProblem';
}
