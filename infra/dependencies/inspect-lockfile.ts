/** One package of a package-lock.json of version 2 or 3, as far as it is looked at. */
export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  /** It came inside the package above it, under that one's hash. */
  readonly inBundle?: boolean;
}

export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/**
 * What would let something else in than was locked: an address, which makes the lockfile install from there whatever
 * registry is configured, or no strong hash to hold a package against.
 */
export function inspectLockfile(packages: LockedPackages): string[] {
  return Object.entries(packages).flatMap(([path, { resolved, integrity, link, inBundle }]) => {
    if (path === '') return [];
    return [
      ...(link === true ? [`${path} is a link, expected a package of the registry`] : []),
      ...(resolved === undefined || isRelative(resolved)
        ? []
        : [`${path} comes from ${resolved}, expected no address of its own`]),
      ...(inBundle === true || integrity?.startsWith('sha512-')
        ? []
        : [`${path} has ${integrity ?? 'no hash'}, expected one of sha512`]),
    ];
  });
}

/** A path in the registry, whichever that is. */
function isRelative(address: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
}
