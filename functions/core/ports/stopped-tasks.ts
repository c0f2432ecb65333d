export interface StoppedTask {
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  /** Member of ECS's TaskStopCode, e.g. `EssentialContainerExited`. */
  readonly stopCode: string | undefined;
  readonly stoppedReason: string | undefined;
  /** Epoch milliseconds. */
  readonly stoppedAtMs: number;
  readonly containers: readonly {
    readonly name: string;
    readonly exitCode: number | undefined;
    readonly reason: string | undefined;
  }[];
}

/** Tasks that ECS started and that ended; they can be described for about an hour (aws-facts 2.8). */
export interface StoppedTasks {
  /** Those of one task set, in the order in which they stopped. */
  list(cluster: string, service: string, taskSetId: string): Promise<StoppedTask[]>;
}

/** The end of what a container wrote. */
export interface LogTails {
  /** The last lines, oldest first; empty where there is no such group or stream. */
  tail(logGroup: string, logStream: string, lines: number): Promise<string[]>;
}
