import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dependencyOrder } from '../../../simulator/cloudformation/dependency-order.ts';

const graph = (edges: Record<string, string[]>) =>
  new Map(Object.entries(edges).map(([name, needs]) => [name, new Set(needs)]));

describe('dependencyOrder', () => {
  it('puts dependencies first and keeps the given order otherwise', () => {
    expect(dependencyOrder(graph({ c: ['a'], b: [], a: ['AWS::Region'], d: ['b', 'c'] }))).toEqual([
      'a',
      'c',
      'b',
      'd',
    ]);
  });

  it('names a circle from its first member back to it, without what merely leads there', () => {
    expect(() => dependencyOrder(graph({ lead: ['a'], a: ['b'], b: ['c'], c: ['a'] }))).toThrow(
      'circular dependency: a -> b -> c -> a',
    );
  });

  it('orders every graph without circles so that nothing precedes its dependency', () => {
    const acyclic = fc
      .integer({ min: 1, max: 12 })
      .chain((size) =>
        fc.tuple(
          ...Array.from({ length: size }, (_, node) =>
            fc.subarray(Array.from({ length: node }, (__, earlier) => String(earlier))),
          ),
        ),
      );
    fc.assert(
      fc.property(acyclic, fc.infiniteStream(fc.nat()), (needs, keys) => {
        const shuffled = needs
          .map((dependencies, node) => ({ node: `${node}`, dependencies, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key);
        const dependencies = new Map(
          shuffled.map((each) => [each.node, new Set(each.dependencies)]),
        );
        const order = dependencyOrder(dependencies);
        expect(order.toSorted()).toEqual([...dependencies.keys()].toSorted());
        for (const [node, wanted] of dependencies) {
          for (const each of wanted) expect(order.indexOf(each)).toBeLessThan(order.indexOf(node));
        }
      }),
    );
  });
});
