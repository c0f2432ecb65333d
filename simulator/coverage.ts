import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildWorld } from './core/build-world.ts';
import { buildModels, resourceProviders, wireServices } from './models.ts';
import { renderCoverage } from './wire/render-coverage.ts';

/** Writes simulator/COVERAGE.md; with `--check` it writes nothing and exits 1 when the file is stale. */
const file = fileURLToPath(new URL('./COVERAGE.md', import.meta.url));
const { world, attach } = buildWorld({});
const models = buildModels(world);
const endpoint = 'http://127.0.0.1:0';
attach(models, { ofCaller: () => endpoint, own: endpoint });
const text = renderCoverage(wireServices(models, world), resourceProviders(models, world));
world.clock.stop();
rmSync(world.directory, { recursive: true, force: true });

const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (process.argv.includes('--check')) {
  if (present !== text) {
    process.stderr.write('simulator/COVERAGE.md is stale: run npm run coverage-md and commit it\n');
    process.exitCode = 1;
  }
} else if (present !== text) {
  writeFileSync(file, text);
}
