import { cells } from './cells.ts';
import { methods } from './methods/all-methods.ts';
import { type CellResult, playCell } from './play-cell.ts';

export interface CellTask {
  readonly cell: number;
  readonly runs: number;
  readonly seed: string;
}

export type CellAnswer = readonly CellResult[];

// A run that was stopped must not go on without its head: a worker that computes sees this after its cell.
process.on('disconnect', () => process.exit(0));

process.on('message', ({ cell: position, runs, seed }: CellTask) => {
  const cell = cells[position];
  if (cell === undefined) throw new RangeError(`There is no cell ${position}`);
  const answer: CellAnswer = playCell(cell, methods, runs, seed);
  process.send?.(answer);
});
