import { z } from 'zod';
import { controlOperation } from '../control-operation.ts';

const query = z.strictObject({
  /** Only entries after this sequence number. */
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  kind: z.string().optional(),
  service: z.string().optional(),
  operation: z.string().optional(),
  caller: z.string().optional(),
  /** Text that must stand somewhere in the entry. */
  contains: z.string().optional(),
});

export const journalOperations = [
  controlOperation(
    'GET journal',
    'What happened, oldest first, a page at a time: `after` takes the `next` of the page before',
    { query, example: '?kind=api.called&service=ecs&limit=50' },
    ({ control, query: { after, limit, contains, ...wanted } }) => {
      const { entries } = control.current().world.journal;
      const fits = (entry: object) =>
        Object.entries(wanted).every(
          ([name, value]) =>
            value === undefined || (entry as Record<string, unknown>)[name] === value,
        ) &&
        (contains === undefined || JSON.stringify(entry).includes(contains));
      const page = [];
      let next = after;
      for (const entry of entries.slice(after + 1)) {
        if (page.length === limit) return { entries: page, next };
        next = entry.seq;
        if (fits(entry)) page.push(entry);
      }
      return { entries: page };
    },
  ),
];
