import { loadConstraints, type ServiceConstraints } from './constraints/constraint-file.ts';
import type { ServiceName, WireService } from './operation.ts';
import { RestRoutes } from './rest-routes.ts';
import { type ServiceDescription, serviceDescriptions } from './service-description.ts';
import { loadServiceSchemas, type ServiceSchemas } from './service-schemas.ts';

/** One service as the engine knows it; schemas, constraints and routes are loaded at first use. */
export class RegisteredService {
  readonly description: ServiceDescription;
  readonly simulated: WireService | undefined;
  #schemas: ServiceSchemas | undefined;
  #routes: RestRoutes | undefined;
  #constraints: ServiceConstraints | undefined;

  constructor(description: ServiceDescription, simulated: WireService | undefined) {
    this.description = description;
    this.simulated = simulated;
  }

  get schemas(): ServiceSchemas {
    this.#schemas ??= loadServiceSchemas(this.description.name);
    return this.#schemas;
  }

  get constraints(): ServiceConstraints {
    this.#constraints ??= loadConstraints(this.description.name);
    return this.#constraints;
  }

  get routes(): RestRoutes {
    this.#routes ??= new RestRoutes(this.schemas, this.description.rest === 'xml');
    return this.#routes;
  }
}

/** Finds services by what requests show of them. */
export class ServiceRegistry {
  readonly #services: readonly RegisteredService[];

  constructor(simulated: readonly WireService[]) {
    const byName = new Map(simulated.map((service) => [service.name, service]));
    this.#services = serviceDescriptions().map(
      (description) => new RegisteredService(description, byName.get(description.name)),
    );
  }

  byTarget(target: string): RegisteredService | undefined {
    return this.#find((description) => description.target === target);
  }

  bySigningName(name: string | undefined): RegisteredService | undefined {
    return this.#find((description) => description.signingName === name);
  }

  byQueryVersion(version: string | undefined): RegisteredService | undefined {
    return version ? this.#find((description) => description.queryVersion === version) : undefined;
  }

  byName(name: ServiceName): RegisteredService | undefined {
    return this.#find((description) => description.name === name);
  }

  #find(fits: (description: ServiceDescription) => boolean): RegisteredService | undefined {
    return this.#services.find(({ description }) => fits(description));
  }
}
