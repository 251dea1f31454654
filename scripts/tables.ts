import type { ActionMetadata } from '../testing/runner/action-metadata.ts'

/** README.md with its tables as action.yml says them now. Throws if a marker is missing. */
export function withTables(readme: string, metadata: ActionMetadata): string {
  const inputs = [...metadata.inputs].map(([name, { default: value, description }]) => [
    `\`${name}\``,
    value === undefined || value === '' ? '' : `\`${value}\``,
    description,
  ])
  const outputs = [...metadata.outputs].map(([name, { description }]) => [`\`${name}\``, description])
  const first = replaceBetween(readme, 'inputs', table(['Input', 'Default', 'Meaning'], inputs))
  return replaceBetween(first, 'outputs', table(['Output', 'Value'], outputs))
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').trim()).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function replaceBetween(text: string, name: string, content: string): string {
  const marker = new RegExp(`(<!-- ${name}: [^\\n]*-->\\n)[^]*?(<!-- /${name} -->)`)
  if (!marker.test(text)) throw new Error(`README.md has no place for the table of ${name}`)
  return text.replace(marker, (_, start: string, end: string) => `${start}\n${content}\n\n${end}`)
}
