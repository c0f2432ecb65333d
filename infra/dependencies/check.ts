import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledFiles } from '../bundling/build-bundles.ts';
import { repositoryRoot } from '../paths.ts';
import { inspectLicences } from './inspect-licences.ts';
import { inspectLockfile } from './inspect-lockfile.ts';

const { packages } = JSON.parse(readFileSync(join(repositoryRoot, 'package-lock.json'), 'utf8'));
const { inspected, problems } = inspectLicences(repositoryRoot, packages, await bundledFiles());
const all = [...inspectLockfile(packages), ...problems];
for (const problem of all) console.error(problem);
if (all.length === 0) console.log(`${inspected.length} packages, each with a permissive licence`);
process.exitCode = all.length === 0 ? 0 : 1;
