/** Nodes that wait for each other, as a closed path: the first name is repeated at the end. */
export class CircularDependencyError extends Error {
  override readonly name = 'CircularDependencyError';
  readonly path: readonly string[];

  constructor(path: readonly string[]) {
    super(`circular dependency: ${path.join(' -> ')}`);
    this.path = path;
  }
}

/**
 * Orders names so that each comes after what it depends on, otherwise as they were given.
 * Dependencies on unknown names are ignored. Throws CircularDependencyError.
 */
export function dependencyOrder(dependencies: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const ordered = new Set<string>();
  const open: string[] = [];
  const visit = (name: string) => {
    if (ordered.has(name)) return;
    if (open.includes(name)) {
      throw new CircularDependencyError([...open.slice(open.indexOf(name)), name]);
    }
    open.push(name);
    for (const dependency of dependencies.get(name) ?? []) {
      if (dependencies.has(dependency)) visit(dependency);
    }
    open.pop();
    ordered.add(name);
  };
  for (const name of dependencies.keys()) visit(name);
  return [...ordered];
}
