import { AwsError } from '../core/aws-error.ts';
import type { OidcProvider } from './entities.ts';

/** OpenID Connect providers that roles may trust. */
export class OidcProviders {
  readonly #byArn = new Map<string, OidcProvider>();

  add(provider: OidcProvider): void {
    if (this.#byArn.has(provider.arn)) {
      throw new AwsError(
        'EntityAlreadyExists',
        `Provider with url https://${provider.host} already exists.`,
      );
    }
    this.#byArn.set(provider.arn, provider);
  }

  byHost(host: string): OidcProvider | undefined {
    return this.all().find((provider) => provider.host === host);
  }

  /** Throws NoSuchEntity. */
  require(arn: string): OidcProvider {
    const provider = this.#byArn.get(arn);
    if (provider) return provider;
    throw new AwsError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`);
  }

  delete(arn: string): void {
    this.#byArn.delete(arn);
  }

  all(): OidcProvider[] {
    return [...this.#byArn.values()];
  }
}
