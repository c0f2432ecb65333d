/** Under which name the bundle holds a check's file: `./checks/a.ts` and `checks/x/../a.ts` are one file. */
export function customCheckKey(file: string): string {
  const parts: string[] = [];
  for (const part of file.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
