import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidConfigError } from '../../../functions/core/errors.ts';
import { carriedTags } from '../../../functions/core/task-definition/carried-tags.ts';
import { registrable } from '../../../functions/core/task-definition/registrable.ts';
import { replaceImage } from '../../../functions/core/task-definition/replace-image.ts';
import { sameContent } from '../../../functions/core/task-definition/same-content.ts';

const input = {
  family: 'shop',
  networkMode: 'awsvpc',
  containerDefinitions: [
    {
      name: 'app',
      image: 'team/other:v1',
      command: ['b', 'a'],
      environment: [
        { name: 'B', value: '2' },
        { name: 'A', value: '1' },
      ],
      mountPoints: [],
      memberOfTomorrow: { on: true },
    },
    { name: 'sidecar', image: 'team/proxy:v9' },
  ],
  memberOfTomorrow: [1],
};

describe('registrable', () => {
  it('strips what only Describe returns and passes everything else through', () => {
    const described = {
      ...input,
      taskDefinitionArn: 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:3',
      revision: 3,
      status: 'ACTIVE',
      requiresAttributes: [],
      compatibilities: ['FARGATE'],
      registeredAt: 1_788_000_000,
      registeredBy: 'someone',
      deregisteredAt: 1,
      deleteRequestedAt: 2,
    };
    expect(registrable(described)).toEqual(input);
  });
});

describe('replaceImage', () => {
  it('changes the image of the named container and nothing else', () => {
    const replaced = replaceImage(input, 'app', 'team/shop@sha256:1');
    expect(replaced).toEqual({
      ...input,
      containerDefinitions: [
        { ...input.containerDefinitions[0], image: 'team/shop@sha256:1' },
        input.containerDefinitions[1],
      ],
    });
    expect(input.containerDefinitions[0]?.image).toBe('team/other:v1');
  });

  it.each([
    [input, 'app, sidecar'],
    [{ family: 'shop' }, 'none'],
  ])('refuses a container that is not there and lists those that are (%#)', (document, names) => {
    expect(() => replaceImage(document, 'web', 'x')).toThrow(
      new InvalidConfigError(
        `Container "web" is not in task definition family "shop", it has: ${names}`,
      ),
    );
  });
});

describe('carriedTags', () => {
  it('leaves out the tags that only AWS may set', () => {
    const tags = [
      { key: 'team', value: 'shop' },
      { key: 'aws:cloudformation:stack-name', value: 'Sample' },
      { key: 'AWS:other', value: '' },
      { key: 'awsome', value: '1' },
    ];
    expect(carriedTags(tags).map(({ key }) => key)).toEqual(['team', 'awsome']);
  });
});

describe('sameContent', () => {
  const tags = [
    { key: 'team', value: 'shop' },
    { key: 'tier', value: '1' },
  ];
  const [app, sidecar] = input.containerDefinitions;

  it.each([
    ['itself', input, tags],
    ['its description', { ...input, revision: 7, registeredAt: 5, status: 'ACTIVE' }, tags],
    ['tags in another order', input, tags.toReversed()],
    ['tags that AWS added', input, [...tags, { key: 'aws:cloudformation:stack-id', value: 'x' }]],
    ['empty lists filled in', { ...input, volumes: [], placementConstraints: [] }, tags],
    ['containers in another order', { ...input, containerDefinitions: [sidecar, app] }, tags],
    [
      'variables in another order',
      {
        ...input,
        containerDefinitions: [{ ...app, environment: app?.environment?.toReversed() }, sidecar],
      },
      tags,
    ],
  ])('is the same as %s', (_, document, otherTags) => {
    expect(sameContent({ document: input, tags }, { document, tags: otherTags })).toBe(true);
  });

  it.each([
    ['another image', replaceImage(input, 'app', 'x'), tags],
    [
      'another tag value',
      input,
      [
        { key: 'team', value: 'cart' },
        { key: 'tier', value: '1' },
      ],
    ],
    ['a tag less', input, tags.slice(1)],
    [
      'another command order',
      { ...input, containerDefinitions: [{ ...app, command: ['a', 'b'] }, sidecar] },
      tags,
    ],
    ['a member of tomorrow less', { ...input, memberOfTomorrow: undefined }, tags],
    ['another member of tomorrow', { ...input, memberOfTomorrow: [2] }, tags],
    ['zero for nothing', { ...input, cpu: 0 }, tags],
  ])('is not the same as %s', (_, document, otherTags) => {
    expect(sameContent({ document: input, tags }, { document, tags: otherTags })).toBe(false);
  });

  it('does not depend on the order of members at any depth', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
        const shuffled = reverseMembers(document) as Record<string, unknown>;
        expect(sameContent({ document, tags: [] }, { document: shuffled, tags: [] })).toBe(true);
      }),
    );
  });
});

function reverseMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseMembers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reverseMembers(member)]),
  );
}
