import type { BuiltBundle } from './build-bundles.ts';

/** Lines of a table: function, size, budget and how much of it is used. */
export function bundleTable(bundles: readonly BuiltBundle[]): string[] {
  const rows = bundles.map(({ name, bytes, budgetBytes }) => [
    name,
    kilobytes(bytes),
    kilobytes(budgetBytes),
    `${Math.round((100 * bytes) / budgetBytes)} %`,
  ]);
  const table = [['function', 'size', 'budget', 'used'], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => (row[column] ?? '').length)),
  );
  return table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
