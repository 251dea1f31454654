import { parseActionMetadata } from '../testing/runner/action-metadata.ts'

/** The outputs with one line for each pin: they share a row. */
const COLUMNS = ['cid', 'size', 'status', 'name', 'result']

/**
 * README.md with its tables as action.yml says them now.
 *
 * @param source the text of action.yml
 * @throws Error if README.md has no marker for a table
 */
export function withTables(readme: string, source: string): string {
  const { inputs, outputs } = parseActionMetadata(source)
  const inputRow = (name: string): string[] => {
    const { default: value = '', required = false, description = '' } = inputs.get(name) ?? {}
    return [code(name), required ? '**required**' : code(value), description]
  }
  const tables = [...inputGroups(source)].map(([title, names]): [string, string] => [
    title.toLowerCase().replaceAll(' ', '-'),
    table(['Input', 'Default', 'Meaning'], names.map(inputRow)),
  ])
  const rows = [COLUMNS, ...[...outputs.keys()].filter((name) => !COLUMNS.includes(name)).map((name) => [name])]
  const outputRow = (names: string[]): string[] => [
    names.map(code).join(', '),
    names.map((name) => outputs.get(name)?.description).join(' '),
  ]
  tables.push(['outputs', table(['Output', 'Value'], rows.map(outputRow))])
  return tables.reduce((text, [name, content]) => replaceBetween(text, name, content), readme)
}

/** The names of the inputs below each comment of action.yml that begins a group. */
export function inputGroups(source: string): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  const section = /^inputs:\n((?: .*\n|\n)*)/m.exec(source)?.[1] ?? ''
  let names: string[] = []
  for (const [, title, name] of section.matchAll(/^ {2}(?:# (.+)|([\w-]+):)$/gm)) {
    if (title !== undefined) groups.set(title, (names = []))
    if (name !== undefined) names.push(name)
  }
  return groups
}

const code = (text: string): string => `\`${text}\``

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').trim()).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function replaceBetween(text: string, name: string, content: string): string {
  const [start, end] = [`<!--${name}-->\n`, `<!--/${name}-->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md has no place for the table "${name}"`)
  return `${text.slice(0, from)}${start}\n${content}\n\n${text.slice(to)}`
}
