import { parse } from 'yaml'

/** Percent of all mutants, and of those in any one file, that some test has to notice. */
const LEAST_OVERALL = 90
const LEAST_PER_FILE = 85
/** Characters of a mutant's old and new text that are shown. */
const SHOWN = 60

/** What is read of a report (https://github.com/stryker-mutator/mutation-testing-elements, the schema). */
export interface MutationReport {
  files: Record<string, { source: string; mutants: ReportedMutant[] }>
}

interface ReportedMutant {
  status: string
  replacement?: string
  location: { start: Position; end: Position }
}

/** From 1. */
interface Position {
  line: number
  column: number
}

/** What the unit tests are worth, for people, and whether that is enough. */
export interface Account {
  lines: string[]
  good: boolean
}

/** The mutants that nobody has to catch, as they are written in `survivors.yml`, each as often as it may survive. */
export function readAccepted(text: string): string[] {
  const groups = parse(text) as { why: string; mutants: string[] }[]
  return groups.flatMap(({ mutants }) => mutants)
}

/**
 * @param accepted what may survive
 * @param whole whether the report is of all the source: only then is anything missing from it
 */
export function accountOf(report: MutationReport, accepted: readonly string[], whole: boolean): Account {
  const lines: string[] = []
  const unlisted: string[] = []
  const left = [...accepted]
  let caughtInAll = 0
  let countInAll = 0
  let good = true
  for (const [file, { source, mutants }] of Object.entries(report.files).sort(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    const caught = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
    const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    const count = caught + survivors.length
    if (count === 0) continue
    caughtInAll += caught
    countInAll += count
    const score = (100 * caught) / count
    if (score < LEAST_PER_FILE) good = false
    lines.push(`${score.toFixed(1).padStart(6)} % of ${String(count).padStart(4)}  ${file}`)
    for (const mutant of survivors) {
      const name = nameOf(file, source, mutant)
      const place = left.indexOf(name)
      if (place === -1) unlisted.push(name)
      else left.splice(place, 1)
    }
  }
  const overall = (100 * caughtInAll) / countInAll
  lines.push(`${overall.toFixed(1).padStart(6)} % of ${String(countInAll).padStart(4)}  in all`)
  if (!(overall >= LEAST_OVERALL)) good = false
  const wrong: [heading: string, names: string[]][] = [
    ['These survived and are not listed:', unlisted],
    ['These are listed and did not survive:', whole ? left : []],
  ]
  for (const [heading, names] of wrong) {
    if (names.length === 0) continue
    good = false
    lines.push('', heading, ...names.map((name) => `    - ${JSON.stringify(name)}`))
  }
  return { lines, good }
}

/** A mutant's file, its line as it reads, and what became of which part of it. Line numbers would be others after every change. */
function nameOf(file: string, source: string, { location, replacement = '' }: ReportedMutant): string {
  const all = source.split('\n')
  const { start, end } = location
  const part = all.slice(start.line - 1, end.line)
  part.push((part.pop() ?? '').slice(0, end.column - 1))
  part.unshift((part.shift() ?? '').slice(start.column - 1))
  const line = all[start.line - 1] ?? ''
  return `${file}: ${line.trim()}: ${shown(part.join('\n'))} -> ${shown(replacement)}`
}

function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}...` : line
}
