/** A release of the corpus: what it is, where it is released, and what is to be expected of it. */
export interface CorpusEntry {
  readonly name: string;
  readonly kind: 'bad' | 'awkward';
  /** What is wrong with it, or merely unusual. */
  readonly sentence: string;
  /** Variant of simulator/workloads/corpus; default the entry's name. */
  readonly variant: string;
  /** Variant that serves before the release. */
  readonly baseline: string;
  /** Configuration that it is released under: a file of benchmarks/corpus/profiles. */
  readonly profile: ProfileName;
  readonly stage: StageKind;
  readonly architecture: 'amd64' | 'arm64';
  /** What is to stop a bad one. */
  readonly stoppedBy: StoppedBy;
}

/** `default` holds what anybody would check; the others are what the owners of this service configured. */
export type ProfileName = 'default' | 'thorough' | 'soak' | 'fine' | 'https' | 'grpc';

/**
 * Where the release is deployed: what listeners and target groups speak. With a slow pull, the hour that
 * CodeDeploy gives a crash loop costs fewer processes.
 */
export type StageKind =
  | 'http'
  | 'http-slow-pull'
  | 'http-any-2xx'
  | 'https'
  | 'https-expired'
  | 'https-expiring'
  | 'grpc';

/** `nothing`: neither start, test listener nor alarm shows this defect, whoever looks. */
export type StoppedBy = 'preflight' | 'start' | 'default check' | 'configured check' | 'nothing';

type Options = Partial<Omit<CorpusEntry, 'name' | 'kind' | 'sentence' | 'stoppedBy'>>;

const common = {
  baseline: 'healthy',
  profile: 'default',
  stage: 'http',
  architecture: 'amd64',
} as const;

/** A release that must not reach production. */
export function bad(
  name: string,
  stoppedBy: StoppedBy,
  sentence: string,
  options: Options = {},
): CorpusEntry {
  const profile = stoppedBy === 'configured check' ? 'thorough' : 'default';
  const stage = stoppedBy === 'start' ? 'http-slow-pull' : 'http';
  return {
    ...common,
    profile,
    stage,
    name,
    variant: name,
    kind: 'bad',
    sentence,
    stoppedBy,
    ...options,
  };
}

/** A release that must not be held up. */
export function awkward(name: string, sentence: string, options: Options = {}): CorpusEntry {
  const given = { ...common, name, variant: name, ...options };
  return { ...given, kind: 'awkward', sentence, stoppedBy: 'nothing' };
}

/** The same, released over an original that is just as unsteady. */
export function unsteady(name: string, sentence: string, options: Options = {}): CorpusEntry {
  return awkward(name, sentence, { baseline: options.variant ?? name, ...options });
}
