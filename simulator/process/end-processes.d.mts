export declare const containerVariable: string;

/** Ends a process group and, on Linux, every process that carries the container's variable. */
export declare function endProcesses(of: {
  readonly group: number | undefined;
  readonly container: string | undefined;
}): void;
