import { itemsOf, memberAt } from '../config/loose-value.ts';
import type { TaskDefinitionDocument } from '../ports/task-definitions.ts';

export interface ContainerDefinition {
  readonly name: string;
  readonly image: string;
  readonly ports: readonly ContainerPorts[];
}

/** A single port has the same first and last. */
export interface ContainerPorts {
  readonly first: number;
  readonly last: number;
}

/** The containers of a task definition, as far as they are looked at here. */
export function containerDefinitions(document: TaskDefinitionDocument): ContainerDefinition[] {
  return itemsOf(document.containerDefinitions).map((container) => ({
    name: String(memberAt(container, 'name') ?? ''),
    image: String(memberAt(container, 'image') ?? ''),
    ports: itemsOf(memberAt(container, 'portMappings')).flatMap(portsOf),
  }));
}

/** A mapping has `containerPort`, or `containerPortRange` such as `8080-8090` (ECS API reference, PortMapping). */
function portsOf(mapping: unknown): ContainerPorts[] {
  const port = memberAt(mapping, 'containerPort');
  if (typeof port === 'number') return [{ first: port, last: port }];
  const range = /^(\d+)-(\d+)$/.exec(String(memberAt(mapping, 'containerPortRange') ?? ''));
  return range === null ? [] : [{ first: Number(range[1]), last: Number(range[2]) }];
}

export function renderPorts(ports: readonly ContainerPorts[]): string {
  return ports.map(({ first, last }) => (first === last ? first : `${first}-${last}`)).join(', ');
}
