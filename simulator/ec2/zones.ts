/** Letters of the zones that every simulated Region has; real ones have three to six. */
const letters = ['a', 'b', 'c'] as const;

export interface Zone {
  /** `us-east-1a` */
  readonly name: string;
  /** `use1-az1` */
  readonly id: string;
}

export function zonesOf(region: string): Zone[] {
  return letters.map((letter) => ({
    name: `${region}${letter}`,
    id: zoneId(`${region}${letter}`),
  }));
}

/** `euw1-az1` for `eu-west-1a`; which letter stands for which zone differs between real accounts. */
export function zoneId(zone: string): string {
  const [, area = '', side = '', number = '', letter = 'a'] =
    /^(\w+)-(\w+)-(\d)(\w)$/.exec(zone) ?? [];
  const direction = side.replace(/^(north|south|central)?(east|west)?$/, (_, first, second) =>
    [first, second].map((word?: string) => word?.charAt(0) ?? '').join(''),
  );
  return `${area}${direction}${number}-az${'abcdef'.indexOf(letter) + 1}`;
}
