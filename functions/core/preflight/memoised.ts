/** Makes a reader that asks at most once; everybody who calls it gets the same answer, or the same error. */
export function memoised<T>(read: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= read();
    return asked;
  };
}

/** The same for a reader with an argument that `keyOf` tells apart. */
export function memoisedBy<TArgument, T>(
  keyOf: (argument: TArgument) => string,
  read: (argument: TArgument) => Promise<T>,
): (argument: TArgument) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (argument) => {
    const key = keyOf(argument);
    const answer = asked.get(key) ?? read(argument);
    asked.set(key, answer);
    return answer;
  };
}
