import { ECRClient } from '@aws-sdk/client-ecr';
import { explainAccess } from '../account/explain-access.ts';
import { UsageError } from '../terminal/run-command.ts';

export interface AccessOptions {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
}

/**
 * Points every SDK client of this process at the wanted account, by the SDK's own environment variables. A
 * simulator on this machine takes any credentials and names its Region itself, so neither needs to be set for it.
 */
export function pointAtAccount(
  { endpoint, region }: AccessOptions,
  environment: NodeJS.ProcessEnv,
): void {
  if (endpoint !== undefined) environment.AWS_ENDPOINT_URL = checkedUrl(endpoint);
  if (region !== undefined) environment.AWS_REGION = checkedRegion(region);
  if (!isLoopback(environment.AWS_ENDPOINT_URL)) return;
  environment.AWS_REGION ??= environment.AWS_DEFAULT_REGION ?? 'us-east-1';
  if (environment.AWS_PROFILE === undefined) {
    environment.AWS_ACCESS_KEY_ID ??= 'preflight';
    environment.AWS_SECRET_ACCESS_KEY ??= 'preflight';
  }
}

/** Throws UsageError when there is no Region or there are no credentials; asks AWS nothing but for them. */
export async function checkAccess(): Promise<{ readonly region: string }> {
  const { config } = new ECRClient({});
  const region = await config.region().catch(() => {
    throw new UsageError('No AWS Region: set AWS_REGION, or name one with --region');
  });
  await config.credentials().catch((error: unknown) => {
    throw new UsageError(
      `No AWS credentials: set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with aws sso login (${messageOf(error)})`,
    );
  });
  return { region };
}

/** Lets what AWS refuses before the checks begin leave as one line for a person. */
export async function asUsage<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explainAccess(error) ?? error;
  }
}

function checkedUrl(endpoint: string): string {
  if (/^https?:\/\/[^/]/.test(endpoint) && URL.canParse(endpoint)) return endpoint;
  throw new UsageError(`--endpoint takes a URL such as http://127.0.0.1:4566, got "${endpoint}"`);
}

/** What can be part of a host name, as Regions are of endpoints; whether there is one, AWS says. */
function checkedRegion(region: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region)) return region;
  throw new UsageError(`--region takes a Region such as eu-central-1, got "${region}"`);
}

function isLoopback(endpoint: string | undefined): boolean {
  if (endpoint === undefined || !URL.canParse(endpoint)) return false;
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
}

function messageOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line;
}
