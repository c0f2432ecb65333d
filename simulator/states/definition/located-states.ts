/** A state of unchecked JSON with the JSON pointer of where it stands. */
export interface LocatedState {
  readonly name: string;
  readonly state: Readonly<Record<string, unknown>>;
  readonly location: string;
  /** The language its fields are written in. */
  readonly queryLanguage: Language;
}

export type Language = 'JSONPath' | 'JSONata';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every state of a definition, those of branches and ItemProcessors included, outermost first. */
export function locatedStates(definition: unknown): LocatedState[] {
  const machineLanguage = isObject(definition) ? definition.QueryLanguage : undefined;
  return statesOf(definition, '', effectiveLanguage(machineLanguage, 'JSONPath'));
}

/** Anything but the very word JSONPath means JSONata (floci-io/floci issue 2968, measured). */
function effectiveLanguage(language: unknown, inherited: Language): Language {
  if (language === undefined) return inherited;
  return language === 'JSONPath' ? 'JSONPath' : 'JSONata';
}

function statesOf(workflow: unknown, at: string, machineLanguage: Language): LocatedState[] {
  if (!isObject(workflow) || !isObject(workflow.States)) return [];
  return Object.entries(workflow.States).flatMap(([name, state]) => {
    if (!isObject(state)) return [];
    const location = `${at}/States/${name}`;
    const queryLanguage = effectiveLanguage(state.QueryLanguage, machineLanguage);
    const branches = Array.isArray(state.Branches) ? state.Branches : [];
    return [
      { name, state, location, queryLanguage },
      ...branches.flatMap((branch, index) =>
        statesOf(branch, `${location}/Branches[${index}]`, machineLanguage),
      ),
      ...statesOf(state.ItemProcessor, `${location}/ItemProcessor`, machineLanguage),
      ...statesOf(state.Iterator, `${location}/Iterator`, machineLanguage),
    ];
  });
}
