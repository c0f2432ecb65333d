import type {
  ContainerDefinition,
  KeyValuePair,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs';

/** A task definition as RunTask's overrides leave it: what they name wins, environments are merged by name. */
export function withOverrides(
  document: TaskDefinition,
  overrides: TaskOverride | undefined,
): TaskDefinition {
  if (!overrides) return document;
  const { cpu, memory, executionRoleArn, taskRoleArn, ephemeralStorage } = overrides;
  const given = { cpu, memory, executionRoleArn, taskRoleArn, ephemeralStorage };
  return {
    ...document,
    ...defined(given),
    containerDefinitions: (document.containerDefinitions ?? []).map((container) =>
      overridden(container, overrides),
    ),
  };
}

function overridden(
  container: ContainerDefinition,
  { containerOverrides = [] }: TaskOverride,
): ContainerDefinition {
  const override = containerOverrides.find(({ name }) => name === container.name);
  if (!override) return container;
  const { command, environment, environmentFiles, cpu, memory, memoryReservation } = override;
  return {
    ...container,
    ...defined({ command, environmentFiles, cpu, memory, memoryReservation }),
    environment: merged(container.environment ?? [], environment ?? []),
  };
}

function merged(standard: KeyValuePair[], own: KeyValuePair[]): KeyValuePair[] {
  const names = new Set(own.map(({ name }) => name));
  return [...standard.filter(({ name }) => !names.has(name)), ...own];
}

function defined<T extends object>(
  members: T,
): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as never;
}
