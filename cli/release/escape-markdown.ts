/** One line of text as Markdown shows it literally, also inside a table: what a service answered is not ours to format. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#@!$]/g, (character) => `&#${character.charCodeAt(0)};`);
}
