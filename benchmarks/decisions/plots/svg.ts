/** Colours that are readable on white and on GitHub's dark page alike; text follows the page's scheme. */
export const colours = [
  '#2da44e',
  '#8250df',
  '#d1242f',
  '#bf8700',
  '#bc4c00',
  '#0969da',
  '#6e7781',
];

const style = `<style>
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 }
.axis { stroke: #8c959f; stroke-width: 1; fill: none }
.grid { stroke: #8c959f; stroke-width: .5; opacity: .4 }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } }
</style>`;

/** A whole picture; `label` is read to those who do not see it. */
export function svg(
  width: number,
  height: number,
  label: string,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(label)}">`,
    style,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

export function text(
  x: number,
  y: number,
  content: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  return `<text x="${round(x)}" y="${round(y)}"${render(attributes)}>${escaped(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, className: string): string {
  return `<line class="${className}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function bar(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
}

/** A line through points, drawn as steps would be too jagged at this size. */
export function curve(points: readonly (readonly [number, number])[], stroke: string): string {
  const path = points
    .map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join('');
  return `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="2"/>`;
}

function render(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function round(value: number): string {
  return String(Number(value.toFixed(1)));
}
