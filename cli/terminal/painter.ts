import pc from 'picocolors';

/** Colours for a person's terminal, or none: never in a pipe, a file or with NO_COLOR set. */
export interface Painter {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
}

export function createPainter(colour: boolean): Painter {
  const colours = pc.createColors(colour);
  return {
    good: colours.green,
    bad: colours.red,
    doubtful: colours.yellow,
    faint: colours.dim,
    strong: colours.bold,
  };
}

export function wantsColour(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
