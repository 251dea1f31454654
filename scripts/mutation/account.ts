/** Percent of all mutants, and of those in each file, that the tests have to notice. */
const LEAST_OVERALL = 95
const LEAST_PER_FILE = 85

/** The part of a report that is read (https://github.com/stryker-mutator/mutation-testing-elements, the schema). */
export interface MutationReport {
  files: Record<string, { mutants: ReportedMutant[] }>
}

interface ReportedMutant {
  status: string
  mutatorName: string
  location: { start: { line: number; column: number } }
}

/**
 * The score of each file and of all, and whether that is enough.
 *
 * @param reasons by file, why some of its mutants may survive
 * @returns lines to print; `good` is false for a low score and for a survivor in a file without a reason
 */
export function accountOf(
  { files }: MutationReport,
  reasons: Readonly<Record<string, string>>,
): { lines: string[]; good: boolean } {
  const lines: string[] = []
  let good = true
  const add = (what: string, caught: number, count: number, least: number): void => {
    const score = (100 * caught) / count
    const enough = score >= least
    if (!enough) good = false
    lines.push(
      `${score.toFixed(1).padStart(6)} % of ${String(count).padStart(4)}  ${what}${enough ? '' : `: too low, at least ${least} %`}`,
    )
  }
  let caughtInAll = 0
  let countInAll = 0
  for (const [file, { mutants }] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const caught = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length
    const survivors = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    const count = caught + survivors.length
    if (count === 0) continue
    caughtInAll += caught
    countInAll += count
    add(file, caught, count, LEAST_PER_FILE)
    if (survivors.length === 0) continue
    const reason = reasons[file]
    if (reason === undefined) good = false
    lines.push(`          ${reason ?? 'no reason in scripts/mutation/survivors.yml'}`)
    for (const { mutatorName, location } of survivors)
      lines.push(`          ${file}:${location.start.line}:${location.start.column} ${mutatorName}`)
  }
  add('in all', caughtInAll, countInAll, LEAST_OVERALL)
  return { lines, good }
}
