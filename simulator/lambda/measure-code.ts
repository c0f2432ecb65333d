import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Size and hash of code that was never zipped: enough to tell two bundles apart. */
export function measureCode(directory: string): { codeSize: number; codeSha256: string } {
  const hash = createHash('sha256');
  let codeSize = 0;
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(directory, file);
    if (!statSync(path).isFile()) continue;
    const content = readFileSync(path);
    codeSize += content.length;
    hash.update(file).update(content);
  }
  return { codeSize, codeSha256: hash.digest('base64') };
}
