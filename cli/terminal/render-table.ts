export interface Column {
  readonly title: string;
  /** Colours a padded cell; never changes its width. */
  readonly paint?: (cell: string, row: number) => string;
}

/** Left-aligned columns two blanks apart; the last one is not padded. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string[] {
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[], paint: (cell: string, index: number) => string) =>
    cells
      .map((cell, index) => {
        const last = index === columns.length - 1;
        return paint(last ? cell : cell.padEnd(widths[index] ?? 0), index);
      })
      .join('  ')
      .trimEnd();
  return [
    line(
      columns.map(({ title }) => title),
      (cell) => cell,
    ),
    ...rows.map((row, number) =>
      line(row, (cell, index) => columns[index]?.paint?.(cell, number) ?? cell),
    ),
  ];
}
