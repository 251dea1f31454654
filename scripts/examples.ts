/** The place of an example in README.md, with whatever stands in it now. */
const PLACE = /(<!-- example: (examples\/[\w-]+\.yml) -->\n)[^]*?(<!-- \/example -->)/g

/** README.md with every example as its file says it. Throws when a file has no place. */
export function withExamples(readme: string, files: ReadonlyMap<string, string>): string {
  const shown = new Set<string>()
  const filled = readme.replace(PLACE, (_, start: string, name: string, end: string) => {
    const text = files.get(name)
    if (text === undefined) throw new Error(`README.md shows ${name}, which is not there`)
    shown.add(name)
    return `${start}\n\`\`\`yaml\n${text}\`\`\`\n\n${end}`
  })
  for (const name of files.keys()) if (!shown.has(name)) throw new Error(`README.md does not show ${name}`)
  return filled
}
