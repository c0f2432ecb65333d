/** One way in which a service is not as its last release left it. */
export interface DriftFinding {
  /** Id of the check that found it. */
  readonly check: string;
  readonly expected: string;
  readonly observed: string;
  readonly remedy: string;
  /** ISO 8601; of the sweep that first found it. */
  readonly since: string;
}

/** A service as it was when a release, or nobody, had last touched it. */
export interface AsLeft {
  /** The CodeDeploy deployment that made the PRIMARY task set; missing where none did. */
  readonly deploymentId?: string;
  readonly taskSetId: string;
  readonly taskDefinitionArn: string;
  /** What each rule does, by listener or rule ARN; either group of the pair is `the pair`. */
  readonly rules: Readonly<Record<string, string>>;
  /** Alarms that stop a deployment. */
  readonly alarms: readonly string[];
}

/** What the sweep found of one service, `drift/SERVICE.json`; written when something about it changes. */
export interface DriftRecord {
  readonly service: string;
  readonly findings: readonly DriftFinding[];
  readonly asLeft: AsLeft;
  /** ISO 8601; since there is any finding. */
  readonly since?: string;
  /** ISO 8601; when the last finding was gone. */
  readonly clearedAt?: string;
  /** ISO 8601. */
  readonly recordedAt: string;
}

export const driftRecordKeys = {
  record: (service: string) => `drift/${service}.json`,
  notification: (service: string) => `drift/${service}/notification.json`,
} as const;

/** A record read back; undefined when there is none or it is none of ours. Only the sweep writes the key. */
export function parseDriftRecord(document: unknown): DriftRecord | undefined {
  return isDriftRecord(document) ? document : undefined;
}

function isDriftRecord(document: unknown): document is DriftRecord {
  return (
    typeof document === 'object' &&
    document !== null &&
    'findings' in document &&
    Array.isArray(document.findings) &&
    'asLeft' in document &&
    typeof document.asLeft === 'object' &&
    document.asLeft !== null &&
    'taskSetId' in document.asLeft &&
    'rules' in document.asLeft
  );
}
