/** Names of the delimiters that a CSV dataset may have (ItemReader page, CSVDelimiter). */
export const csvDelimiters: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/** Rows of a delimited text as RFC 4180 has it: quoted fields, doubled quotes; empty lines are left out. */
export function parseCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') field += text[++index];
      else quoted = false;
    } else if (character === '"' && field === '') quoted = true;
    else if (character === delimiter) endField();
    else if (character === '\n') endRow();
    else if (character === '\r' && text[index + 1] === '\n') {
      // The line feed behind it ends the row.
    } else field += character;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}

/** One object per row; missing fields are empty, fields without a header are left out. */
export function csvItems(rows: readonly string[][], headers: readonly string[]): unknown[] {
  return rows.map((row) =>
    Object.fromEntries(headers.map((header, index) => [header, row[index] ?? ''])),
  );
}
