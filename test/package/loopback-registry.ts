import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type InstalledPackage, installedPackages, type Manifest } from './installed-packages.ts';
import { writeTarball } from './write-tarball.ts';

export interface LoopbackRegistry {
  readonly url: string;
  /** Names that were asked for and are not installed here. */
  readonly unknown: ReadonlySet<string>;
  close(): void;
}

export interface RegistryOptions {
  /** Versions beside the installed ones, of which the registry has the manifest alone. */
  readonly alsoNamed?: readonly Manifest[];
}

/**
 * A registry for the real npm client, on loopback: it has the packages that this repository has installed, in exactly these
 * versions, and packs each when it is fetched. It answers packuments and tarballs (npm/registry, docs/REGISTRY-API.md).
 */
export async function openRegistry(options: RegistryOptions = {}): Promise<LoopbackRegistry> {
  const packages = installedPackages();
  const unknown = new Set<string>();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', url()).pathname).slice(1);
    const [name = '', version] = path.split('/-/');
    const versions = packages.filter(({ manifest }) => manifest.name === name);
    const wanted = versions.find(({ manifest }) => manifest.version === version);
    if (wanted !== undefined) return sendTarball(wanted, response);
    if (version === undefined && versions.length > 0) {
      const also = (options.alsoNamed ?? []).filter((manifest) => manifest.name === name);
      return sendJson(
        packument([...also, ...versions.map(({ manifest }) => manifest)], url()),
        response,
      );
    }
    unknown.add(path);
    response.writeHead(404).end('{"error":"not found"}');
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: url(),
    unknown,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Tarballs lie at `NAME/-/VERSION`; npm follows the address that the packument gives. */
function packument(manifests: readonly Manifest[], url: string) {
  const { name } = manifests[0] ?? {};
  const latest = manifests.at(-1)?.version;
  const versions = manifests.map((manifest) => {
    const dist = { tarball: `${url}/${name}/-/${manifest.version}` };
    return [manifest.version, { ...manifest, dist }] as const;
  });
  return { name, 'dist-tags': { latest }, versions: Object.fromEntries(versions) };
}

function sendJson(body: unknown, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

function sendTarball(installed: InstalledPackage, response: ServerResponse): void {
  response.setHeader('content-type', 'application/octet-stream');
  // A connection that breaks off is how the client learns of it.
  writeTarball(installed, response).catch(() => response.destroy());
}
