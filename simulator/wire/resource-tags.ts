import type { CallContext, WireOperation, WireService } from './operation.ts';

type TagReader = (operations: WireService['operations'], arn: string) => unknown;

const context: CallContext = { caller: { accessKeyId: '', name: 'iam' }, requestId: '' };

/** How services answer the tags of a resource, by the operation that reads them. */
const readers: Readonly<Record<string, TagReader>> = {
  ListTagsForResource: ({ ListTagsForResource }, arn) =>
    ask(ListTagsForResource, {
      resourceArn: arn,
      ResourceArn: arn,
      ResourceARN: arn,
      ResourceId: arn.replace(/^.*:parameter/, ''),
    }),
  ListTags: ({ ListTags }, arn) => ask(ListTags, { Resource: arn }),
  DescribeTags: ({ DescribeTags }, arn) => {
    if (arn.startsWith('arn:aws:ec2:')) {
      const Values = [arn.replace(/^.*\//, '')];
      return ask(DescribeTags, { Filters: [{ Name: 'resource-id', Values }] });
    }
    const { TagDescriptions = [] } = ask(DescribeTags, { ResourceArns: [arn] });
    return (TagDescriptions as object[])[0];
  },
  ListQueueTags: ({ ListQueueTags }, arn) =>
    ask(ListQueueTags, { QueueUrl: `http://queue/${arn.split(':').slice(4).join('/')}` }),
  DescribeSecret: ({ DescribeSecret }, arn) => ask(DescribeSecret, { SecretId: arn }),
  ListTagsForCertificate: ({ ListTagsForCertificate }, arn) =>
    ask(ListTagsForCertificate, { CertificateArn: arn }),
  ListRoleTags: ({ ListRoleTags, ListUserTags, ListPolicyTags }, arn) => {
    const name = arn.replace(/^.*\//, '');
    if (arn.includes(':role/')) return ask(ListRoleTags, { RoleName: name });
    if (arn.includes(':user/')) return ask(ListUserTags, { UserName: name });
    return ask(ListPolicyTags, { PolicyArn: arn });
  },
};

/**
 * The value of one tag of a resource, whose key is told apart without regard to case, as condition keys are;
 * undefined for a resource that is not there and for services without tags.
 */
export function resourceTag(service: WireService, arn: string, key: string): string | undefined {
  for (const [name, reader] of Object.entries(readers)) {
    if (!Object.hasOwn(service.operations, name)) continue;
    const found = pairsOf(quietly(() => reader(service.operations, arn)));
    return found.find(([each]) => each.toLowerCase() === key)?.[1];
  }
  return undefined;
}

function ask(operation: WireOperation | undefined, input: object): Record<string, unknown> {
  return (operation?.handle(input as never, context) ?? {}) as Record<string, unknown>;
}

/** What cannot be read has no tags; the operation itself says why it cannot. */
function quietly(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function pairsOf(answer: unknown): [string, string][] {
  const record = (answer ?? {}) as Record<string, unknown>;
  const tags = record.tags ?? record.Tags ?? record.TagList;
  if (!Array.isArray(tags)) return Object.entries((tags ?? {}) as Record<string, string>);
  return tags.map((tag: Record<string, string>) => [
    tag.Key ?? tag.key ?? '',
    tag.Value ?? tag.value ?? '',
  ]);
}
