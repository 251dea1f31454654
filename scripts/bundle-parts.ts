const RUNTIME = 'webpack runtime'
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Where the bytes of a trimmed bundle come from: its source map leads to lines of the untrimmed one, whose comments tell the modules.
 *
 * @param mappings of the source map from the trimmed code to the untrimmed
 * @param names of the modules by their numbers
 * @returns bytes of the trimmed code by part: `ours`, a package's name, `stubs` or the bundler's own
 */
export function partsOf(
  untrimmed: string,
  trimmed: string,
  mappings: string,
  names: ReadonlyMap<string, string>,
): Map<string, number> {
  const parts = partOfEachLine(untrimmed, names)
  const bytes = new Map<string, number>()
  const add = (part: string, count: number) => bytes.set(part, (bytes.get(part) ?? 0) + count)
  let sourceLine = 0
  let part = RUNTIME
  const lines = trimmed.split('\n')
  mappings.split(';').forEach((segments, index) => {
    const line = lines[index] ?? ''
    let column = 0
    let from = 0
    for (const segment of segments === '' ? [] : segments.split(',')) {
      const [columns = 0, , lineStep] = decode(segment)
      column += columns
      add(part, Buffer.byteLength(line.slice(from, column)))
      from = column
      if (lineStep === undefined) continue
      sourceLine += lineStep
      part = parts[sourceLine] ?? RUNTIME
    }
    add(part, Buffer.byteLength(line.slice(from)) + 1)
  })
  return bytes
}

/** Base64 VLQ: five bits a digit, the lowest first, the sixth says that more follow, the lowest of all is the sign. */
function decode(segment: string): number[] {
  const values: number[] = []
  let value = 0
  let shift = 0
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit)
    value += (bits & 31) << shift
    shift += 5
    if (bits >= 32) continue
    values.push(value & 1 ? -(value >> 1) : value >> 1)
    value = 0
    shift = 0
  }
  return values
}

/** Comments name the modules that were concatenated, and number the others. */
function partOfEachLine(untrimmed: string, names: ReadonlyMap<string, string>): string[] {
  let part = RUNTIME
  return untrimmed.split('\n').map((line) => {
    const [, numbered] = /^\/\*{3}\/ (\d+):/.exec(line) ?? []
    const [, named] = /^;\/\/ CONCATENATED MODULE: (.+)/.exec(line) ?? []
    if (numbered !== undefined) part = partOf(names.get(numbered) ?? '')
    else if (named !== undefined) part = partOf(named)
    else if (line.startsWith('/******/')) part = RUNTIME
    return part
  })
}

function partOf(module: string): string {
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module) ?? []
  if (name !== undefined) return name
  if (/(?:^|\/)lib\//.test(module)) return 'ours'
  return /(?:^|\/)stubs\//.test(module) ? 'stubs' : RUNTIME
}

/** The modules by their numbers, from the statistics of the bundler (https://webpack.js.org/api/stats/). */
export function moduleNames(stats: string): Map<string, string> {
  const { modules } = JSON.parse(stats) as { modules: { id?: number | null; name: string }[] }
  return new Map(modules.map(({ id, name }) => [String(id), name]))
}
