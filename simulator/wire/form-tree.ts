/** Query form parameters by their dotted names: `A.member.1.B=x` is `A` > `member` > `1` > `B`. */
export interface FormNode {
  value: string | undefined;
  readonly children: Map<string, FormNode>;
}

/** Builds the tree in one pass, so that reading a large form stays linear. */
export function parseForm(text: string): FormNode {
  const root: FormNode = { value: undefined, children: new Map() };
  for (const [name, value] of new URLSearchParams(text)) {
    let node = root;
    for (const part of name.split('.')) {
      let child = node.children.get(part);
      if (!child) {
        child = { value: undefined, children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

/** Children named 1, 2, 3, …, in order. */
export function numbered(node: FormNode): FormNode[] {
  return [...node.children]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
