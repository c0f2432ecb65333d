import type {
  AddTagsToCertificateCommandInput,
  AddTagsToCertificateCommandOutput,
  DeleteCertificateCommandInput,
  DeleteCertificateCommandOutput,
  DescribeCertificateCommandInput,
  DescribeCertificateCommandOutput,
  GetCertificateCommandInput,
  GetCertificateCommandOutput,
  ImportCertificateCommandInput,
  ImportCertificateCommandOutput,
  ListCertificatesCommandInput,
  ListCertificatesCommandOutput,
  ListTagsForCertificateCommandInput,
  ListTagsForCertificateCommandOutput,
  RemoveTagsFromCertificateCommandInput,
  RemoveTagsFromCertificateCommandOutput,
  RequestCertificateCommandInput,
  RequestCertificateCommandOutput,
  UpdateCertificateOptionsCommandInput,
  UpdateCertificateOptionsCommandOutput,
} from '@aws-sdk/client-acm';
import { AwsError } from '../core/aws-error.ts';
import { pageOf } from '../core/page.ts';
import type { World } from '../core/world.ts';
import { operation, type WireService } from '../wire/operation.ts';
import { describeCertificate, statusOf, summarizeCertificate } from './descriptions.ts';
import type { AcmModel, StoredCertificate } from './model.ts';

const mostTags = 50;
const arnPattern = /^arn:aws:acm:[\w-]+:\d{12}:certificate\/[\w-]+$/;

/** AWS Certificate Manager, as far as listeners need certificates. */
export function acmWire(model: AcmModel, world: World): WireService {
  const get = (arn = ''): StoredCertificate => {
    if (arnPattern.test(arn)) return model.get(arn);
    throw new AwsError(
      'InvalidArnException',
      `The Amazon Resource Name (ARN) '${arn}' is invalid.`,
    );
  };
  return {
    name: 'acm',
    operations: {
      RequestCertificate: operation<
        RequestCertificateCommandInput,
        RequestCertificateCommandOutput
      >(
        [
          'DomainName',
          'SubjectAlternativeNames',
          'ValidationMethod',
          'IdempotencyToken',
          'DomainValidationOptions',
          'Options',
          'KeyAlgorithm',
          'Tags',
        ],
        (input) => {
          const { ValidationMethod, KeyAlgorithm = 'RSA_2048', Options } = input;
          if (ValidationMethod === 'HTTP') throw notSimulated('ValidationMethod HTTP');
          if (Options?.Export === 'ENABLED') throw notSimulated('Export of a certificate');
          if (KeyAlgorithm !== 'RSA_2048' && KeyAlgorithm !== 'EC_prime256v1') {
            throw notSimulated(`KeyAlgorithm ${KeyAlgorithm}`);
          }
          checkTags(input.Tags ?? []);
          const { arn } = model.request({
            domainName: input.DomainName ?? '',
            subjectAlternativeNames: input.SubjectAlternativeNames,
            validationMethod: ValidationMethod,
            transparencyLogging: Options?.CertificateTransparencyLoggingPreference,
            keyAlgorithm: KeyAlgorithm,
            idempotencyToken: input.IdempotencyToken,
            validationMs: world.settings.certificateValidationMs,
            tags: input.Tags,
          });
          return { CertificateArn: arn };
        },
      ),
      ImportCertificate: operation<ImportCertificateCommandInput, ImportCertificateCommandOutput>(
        ['Certificate', 'PrivateKey', 'CertificateChain', 'CertificateArn', 'Tags'],
        (input) => {
          if (input.CertificateArn && input.Tags?.length) {
            throw new AwsError('ValidationException', 'Tagging is not permitted on re-import.');
          }
          checkTags(input.Tags ?? []);
          const { arn } = model.import({
            certificatePem: text(input.Certificate),
            privateKeyPem: text(input.PrivateKey),
            ...(input.CertificateChain && { chainPem: text(input.CertificateChain) }),
            ...(input.CertificateArn && { certificateArn: get(input.CertificateArn).arn }),
            tags: input.Tags,
          });
          return { CertificateArn: arn };
        },
      ),
      DescribeCertificate: operation<
        DescribeCertificateCommandInput,
        DescribeCertificateCommandOutput
      >(['CertificateArn'], (input) => {
        const found = get(input.CertificateArn);
        const users = model.usersOf(found.arn);
        return { Certificate: describeCertificate(found, users, world.clock.now()) };
      }),
      ListCertificates: operation<ListCertificatesCommandInput, ListCertificatesCommandOutput>(
        ['CertificateStatuses', 'Includes', 'MaxItems', 'NextToken'],
        (input) => listCertificates(model, world, input),
      ),
      GetCertificate: operation<GetCertificateCommandInput, GetCertificateCommandOutput>(
        ['CertificateArn'],
        (input) => {
          const { arn, pending, certificatePem, chainPem, type } = get(input.CertificateArn);
          if (pending) {
            throw new AwsError(
              'RequestInProgressException',
              `Could not get certificate ${arn}: it is pending validation`,
            );
          }
          // Without a chain, "it seems Amazon returns the cert itself as the chain" (Ansible's acm_certificate).
          const chain =
            type === 'IMPORTED' ? chainPem || certificatePem : model.authority.certificatePem;
          return { Certificate: certificatePem, CertificateChain: chain };
        },
      ),
      DeleteCertificate: operation<DeleteCertificateCommandInput, DeleteCertificateCommandOutput>(
        ['CertificateArn'],
        (input) => {
          model.delete(get(input.CertificateArn).arn);
          return {};
        },
      ),
      UpdateCertificateOptions: operation<
        UpdateCertificateOptionsCommandInput,
        UpdateCertificateOptionsCommandOutput
      >(['CertificateArn', 'Options'], ({ CertificateArn, Options }) => {
        const { arn } = get(CertificateArn);
        const transparencyLogging = Options?.CertificateTransparencyLoggingPreference;
        if (transparencyLogging) model.change(arn, { transparencyLogging });
        return {};
      }),
      ListTagsForCertificate: operation<
        ListTagsForCertificateCommandInput,
        ListTagsForCertificateCommandOutput
      >(['CertificateArn'], (input) => ({
        Tags: [...get(input.CertificateArn).tags].map(([Key, Value]) => ({ Key, Value })),
      })),
      AddTagsToCertificate: operation<
        AddTagsToCertificateCommandInput,
        AddTagsToCertificateCommandOutput
      >(['CertificateArn', 'Tags'], (input) => {
        const { arn, tags } = get(input.CertificateArn);
        checkTags(input.Tags ?? [], tags);
        const added = (input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const);
        model.change(arn, { tags: new Map([...tags, ...added]) });
        return {};
      }),
      RemoveTagsFromCertificate: operation<
        RemoveTagsFromCertificateCommandInput,
        RemoveTagsFromCertificateCommandOutput
      >(['CertificateArn', 'Tags'], (input) => {
        const { arn, tags } = get(input.CertificateArn);
        // One that is named with a value goes only if it has that value.
        const goes = (key: string, value: string) =>
          (input.Tags ?? []).some(
            ({ Key, Value }) => Key === key && (Value === undefined || Value === value),
          );
        model.change(arn, { tags: new Map([...tags].filter((tag) => !goes(...tag))) });
        return {};
      }),
    },
  };
}

function listCertificates(
  model: AcmModel,
  world: World,
  input: ListCertificatesCommandInput,
): Omit<ListCertificatesCommandOutput, '$metadata'> {
  const { CertificateStatuses = [], Includes = {}, MaxItems = 1_000, NextToken } = input;
  const { keyTypes = [], ...others } = Includes;
  const other = Object.entries(others).find(([, value]) => value !== undefined && value.length > 0);
  if (other) throw notSimulated(`Includes.${other[0]} of ListCertificates`);
  const nowMs = world.clock.now();
  const found = model
    .all()
    .filter(
      (each) =>
        CertificateStatuses.length === 0 || CertificateStatuses.includes(statusOf(each, nowMs)),
    )
    .map((each) => summarizeCertificate(each, model.usersOf(each.arn).length > 0, nowMs))
    // ACM guide: without a filter only RSA_1024 and RSA_2048 certificates are listed.
    .filter(({ KeyAlgorithm = 'RSA_2048' }) =>
      keyTypes.length === 0
        ? /^RSA_(1024|2048)$/.test(KeyAlgorithm)
        : keyTypes.includes(KeyAlgorithm),
    );
  const refuse = () => new AwsError('ValidationException', 'The nextToken is invalid');
  const { items, next } = pageOf(found, { token: NextToken, size: MaxItems, refuse });
  return { CertificateSummaryList: items, ...(next !== undefined && { NextToken: next }) };
}

function checkTags(
  added: readonly { Key?: string | undefined }[],
  present: ReadonlyMap<string, string> = new Map(),
): void {
  const reserved = added.find(({ Key = '' }) => /^aws:/i.test(Key));
  if (reserved) {
    throw new AwsError(
      'InvalidTagException',
      `aws: prefixed tag key names are not allowed for external use: ${reserved.Key}`,
    );
  }
  const keys = new Set([...present.keys(), ...added.map(({ Key = '' }) => Key)]);
  if (keys.size <= mostTags) return;
  throw new AwsError(
    'TooManyTagsException',
    `A certificate has at most ${mostTags} tags, not ${keys.size}`,
  );
}

function text(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function notSimulated(what: string): AwsError {
  return new AwsError('NotImplemented', `${what} is not simulated`);
}
