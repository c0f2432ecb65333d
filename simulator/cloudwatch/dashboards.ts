import { AwsError } from '../core/aws-error.ts';

export interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly modifiedMs: number;
}

/** Dashboards as records: their bodies are kept, nothing is drawn. */
export class Dashboards {
  readonly #dashboards = new Map<string, Dashboard>();

  put(name: string, body: string, nowMs: number): void {
    if (!/^[\w-]{1,255}$/.test(name)) {
      throw new AwsError(
        'DashboardInvalidInputError',
        `The field DashboardName must only contain alphanumerics, dash (-) and underscore (_): ${name}`,
      );
    }
    try {
      JSON.parse(body);
    } catch {
      throw new AwsError(
        'DashboardInvalidInputError',
        'The field DashboardBody must be a valid JSON object',
      );
    }
    this.#dashboards.set(name, { name, body, modifiedMs: nowMs });
  }

  get(name: string): Dashboard {
    const dashboard = this.#dashboards.get(name);
    if (dashboard) return dashboard;
    throw new AwsError('DashboardNotFoundError', `Dashboard ${name} does not exist`);
  }

  /** All or none of them. */
  delete(names: readonly string[]): void {
    for (const name of names) this.get(name);
    for (const name of names) this.#dashboards.delete(name);
  }

  all(): Dashboard[] {
    return [...this.#dashboards.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}
