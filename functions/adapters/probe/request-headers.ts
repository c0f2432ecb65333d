/**
 * Headers of a probe by lower-case name: those of the check over those every probe has. Bodies are wanted as they
 * are, so that what is measured and quoted is what the service wrote.
 */
export function requestHeaders(
  given: Readonly<Record<string, string>>,
  version: string,
): Record<string, string> {
  const own = { 'user-agent': `Greengate/${version}`, 'accept-encoding': 'identity' };
  return {
    ...own,
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  };
}
