/** Makes `build` lazy and run at most once: one SDK client per cold start, none that is not needed. */
export function once<T>(build: () => T): () => T {
  let built: { readonly value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
