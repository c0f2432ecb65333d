/** Whether two JSON values are equal; the order of members does not matter, that of items does. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) {
    return left === right;
  }
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameJson(item, right[index]))
    );
  }
  const members = Object.entries(left);
  return (
    members.length === Object.keys(right).length &&
    members.every(([name, member]) => {
      const other = Object.getOwnPropertyDescriptor(right, name);
      return other !== undefined && sameJson(member, other.value);
    })
  );
}
