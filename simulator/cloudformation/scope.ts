/** Where names in a template lead. Answers may be Unresolved; unknown names throw. */
export interface Scope {
  ref(name: string): unknown;
  getAtt(logicalId: string, attribute: string): unknown;
  importValue(name: string): unknown;
  mapping(
    map: string,
    first: string,
    second: string,
    fallback?: { readonly value: unknown },
  ): unknown;
  /** Result of a named condition. */
  condition(name: string): boolean;
  availabilityZones(region: string): readonly string[];
}

/** A name, condition or function that does not exist: `findReferences` reports these with their place. */
export class UnknownNameError extends Error {
  override readonly name = 'UnknownNameError';
}
