/**
 * Does a name match a pattern, whole and case-sensitive? `*` stands for any run of characters, `/` included; nothing else is
 * special. Takes time in proportion to the lengths, whatever the pattern.
 */
export function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return name === pattern
  if (!name.startsWith(first) || name.length < first.length + last.length || !name.endsWith(last))
    return false
  const end = name.length - last.length
  let at = first.length
  // The leftmost place is always good: it leaves the most room for what follows.
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found === -1 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
