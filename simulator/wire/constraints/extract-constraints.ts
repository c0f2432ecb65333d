import type { ServiceConstraints, ShapeConstraints } from './constraint-file.ts';

/** The parts of botocore's `service-2.json` that say something about values. */
export interface BotocoreModel {
  readonly operations: Readonly<Record<string, BotocoreOperation>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

interface BotocoreOperation {
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
}

interface Reference {
  readonly shape: string;
}

interface BotocoreShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly required?: readonly string[];
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly sensitive?: boolean;
  readonly error?: { code?: string; httpStatusCode?: number; senderFault?: boolean };
}

/** Reduces a model to constraints and declared errors of the wanted operations. */
export function extractConstraints(
  model: BotocoreModel,
  wanted: (operation: string) => boolean,
): Omit<ServiceConstraints, 'origin'> {
  const telling = tellingShapes(model);
  const reached = new Set<string>();
  const reach = (name: string | undefined): string | undefined => {
    if (name === undefined || !telling.has(name)) return undefined;
    if (reached.has(name)) return name;
    reached.add(name);
    for (const each of references(model.shapes[name])) reach(each);
    return name;
  };
  const operations: Record<string, ServiceConstraints['operations'][string]> = {};
  const errorNames = new Set<string>();
  for (const [name, operation] of Object.entries(model.operations)) {
    if (!wanted(name)) continue;
    const input = reach(operation.input?.shape);
    const output = reach(operation.output?.shape);
    const errors = (operation.errors ?? []).map(({ shape }) => shape);
    for (const error of errors) errorNames.add(error);
    operations[name] = { ...(input && { input }), ...(output && { output }), errors };
  }
  const shapes = Object.fromEntries(
    [...reached].sort().map((name) => [name, reduceShape(model.shapes[name], telling)]),
  );
  const errorCodes = Object.fromEntries(
    [...errorNames].sort().flatMap((name) => {
      const code = model.shapes[name]?.error?.code;
      return code !== undefined && code !== name ? [[name, code]] : [];
    }),
  );
  return { operations, shapes, errorCodes };
}

/** Shapes that are constrained themselves or lead to one that is. */
function tellingShapes({ shapes }: BotocoreModel): Set<string> {
  const telling = new Set(
    Object.entries(shapes)
      .filter(([, shape]) => isConstrained(shape))
      .map(([name]) => name),
  );
  for (let before = -1; before !== telling.size; ) {
    before = telling.size;
    for (const [name, shape] of Object.entries(shapes)) {
      if (references(shape).some((each) => telling.has(each))) telling.add(name);
    }
  }
  return telling;
}

function isConstrained({ required, enum: values, min, max, pattern }: BotocoreShape): boolean {
  const bounded = (min !== undefined && min !== 0) || max !== undefined;
  return bounded || values !== undefined || pattern !== undefined || (required ?? []).length > 0;
}

function references(shape: BotocoreShape | undefined): string[] {
  const { members = {}, member, key, value } = shape ?? {};
  return [...Object.values(members), member, key, value].flatMap((each) => each?.shape ?? []);
}

function reduceShape(shape: BotocoreShape | undefined, telling: Set<string>): ShapeConstraints {
  if (!shape) throw new Error('A shape is referred to that is not there');
  const { type, required, min, max, pattern, sensitive, enum: values } = shape;
  const name = (reference: Reference | undefined) =>
    reference && telling.has(reference.shape) ? reference.shape : undefined;
  const members = Object.entries(shape.members ?? {}).flatMap(([key, reference]) =>
    name(reference) === undefined ? [] : [[key, reference.shape] as const],
  );
  const item = name(shape.member);
  const key = name(shape.key);
  const value = name(shape.value);
  const bounds = min !== undefined || max !== undefined;
  const numeric = /^(integer|long|float|double)$/.test(type);
  return {
    ...(members.length > 0 && { members: Object.fromEntries(members) }),
    ...(required?.length && { required }),
    ...(item && { item }),
    ...(key && { key }),
    ...(value && { value }),
    ...(values && { enum: values }),
    ...(bounds && { [numeric ? 'range' : 'length']: [min ?? null, max ?? null] }),
    ...(pattern !== undefined && { pattern }),
    ...(sensitive && { sensitive }),
  };
}
