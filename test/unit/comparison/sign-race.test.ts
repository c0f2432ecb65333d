import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupRace, groupPairs } from '../../../functions/core/comparison/group-race.ts';
import { SignRace } from '../../../functions/core/comparison/sign-race.ts';

const rest = { recovery: 4, atMost: 16 };
const pairs = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 400 });

function raceOf(seen: readonly (readonly [boolean, boolean])[], settings = rest): SignRace {
  const race = new SignRace(settings);
  for (const [accused, other] of seen) race.observe(accused, other);
  return race;
}

describe('SignRace', () => {
  it('does not move on pairs where both sides do alike', () => {
    const race = raceOf([
      [true, true],
      [false, false],
      [true, true],
    ]);
    expect([race.bets, race.logEvidence]).toEqual([{ accused: 0, other: 0 }, 0]);
  });

  it('bets on each pair that tells the sides apart when it need not rest', () => {
    const race = raceOf(
      [
        [true, false],
        [true, false],
        [false, true],
      ],
      { recovery: 1, atMost: 0 },
    );
    expect(race.bets).toEqual({ accused: 2, other: 1 });
  });

  it('counts a burst once, and the next one after it again', () => {
    const burst = Array.from({ length: 10 }, () => [true, false] as const);
    const calm = Array.from({ length: 10 }, () => [false, false] as const);
    expect(raceOf(burst).bets).toEqual({ accused: 1, other: 0 });
    expect(raceOf([...burst, ...calm, ...burst]).bets).toEqual({ accused: 2, other: 0 });
  });

  it('rests until the side that was bad has done well four times in a row', () => {
    const bet = [true, false] as const;
    const well = [false, false] as const;
    expect(raceOf([bet, well, well, well, well, bet]).bets.accused).toBe(2);
    expect(raceOf([bet, well, well, well, bet, well, bet]).bets.accused).toBe(1);
  });

  it('rests for the side that was bad, whatever the other does', () => {
    const seen = [
      [false, true],
      [true, false],
      [true, false],
      [true, false],
      [true, false],
      [true, false],
    ] as const;
    expect(raceOf(seen).bets).toEqual({ accused: 1, other: 1 });
  });

  it('goes on after 16 pairs against a side that never recovers', () => {
    const dead = Array.from({ length: 1 + 17 * 5 }, () => [true, false] as const);
    expect(raceOf(dead).bets).toEqual({ accused: 6, other: 0 });
  });

  it('decides whether to bet on the past alone: the pair itself only decides who wins', () => {
    fc.assert(
      fc.property(pairs, (seen) => {
        const won = raceOf([...seen, [true, false]]).bets;
        const lost = raceOf([...seen, [false, true]]).bets;
        expect(won.accused + won.other).toBe(lost.accused + lost.other);
      }),
    );
  });

  it('counts alike when the sides change places', () => {
    fc.assert(
      fc.property(pairs, (seen) => {
        const race = raceOf(seen);
        const mirrored = raceOf(seen.map(([accused, other]) => [other, accused] as const));
        expect(mirrored.bets).toEqual({ accused: race.bets.other, other: race.bets.accused });
      }),
    );
  });
});

describe('GroupRace', () => {
  function groupsOf(seen: readonly (readonly [boolean, boolean])[]): GroupRace {
    const race = new GroupRace();
    for (const [accused, other] of seen) race.observe(accused, other);
    return race;
  }
  const slow = Array.from({ length: groupPairs }, () => [true, false] as const);
  const even = Array.from({ length: groupPairs }, () => [true, true] as const);

  it('bets once for a group, however far the accused is behind', () => {
    const [first, ...rest] = even;
    expect(first).toEqual([true, true]);
    expect(groupsOf(slow).bets).toEqual({ accused: 1, other: 0 });
    expect(groupsOf([[true, false], ...rest]).bets).toEqual({ accused: 1, other: 0 });
    expect(groupsOf([[false, true], ...rest]).bets).toEqual({ accused: 0, other: 1 });
  });

  it('counts a tie for nobody, and what is not a full group not at all', () => {
    expect(groupsOf(even).bets).toEqual({ accused: 0, other: 0 });
    expect(groupsOf(slow.slice(1)).bets).toEqual({ accused: 0, other: 0 });
    expect(groupsOf([...slow, ...slow.slice(1)]).bets).toEqual({ accused: 1, other: 0 });
  });

  it('counts alike when the sides change places', () => {
    fc.assert(
      fc.property(pairs, (seen) => {
        const race = groupsOf(seen);
        const mirrored = groupsOf(seen.map(([accused, other]) => [other, accused] as const));
        expect(mirrored.bets).toEqual({ accused: race.bets.other, other: race.bets.accused });
      }),
    );
  });

  it('never has less evidence after one more pair against the accused in the same group', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (seen, where) => {
        fc.pre(seen.length > 0);
        const at = where % seen.length;
        const worse = seen.map((pair, index) => (index === at ? ([true, false] as const) : pair));
        expect(groupsOf(worse).logEvidence).toBeGreaterThanOrEqual(groupsOf(seen).logEvidence);
      }),
    );
  });
});
