/**
 * `GITHUB_OUTPUT`, `GITHUB_STATE` and `GITHUB_ENV`: one format. Rules read in actions/runner 2.336.0,
 * src/Runner.Worker/FileCommandManager.cs (`EnvFileKeyValuePairs`).
 */

/** The runner cannot read the file: the step fails, though what stood before the bad line counts. */
export class FileCommandError extends Error {
  override name = 'FileCommandError'
  /** What was read up to the bad line. */
  readonly readSoFar: Readonly<Record<string, string>>

  constructor(message: string, readSoFar: Readonly<Record<string, string>>) {
    super(message)
    this.readSoFar = readSoFar
  }
}

/**
 * Reads `name=value` lines and `name<<DELIMITER … DELIMITER` blocks; of a repeated name the last counts, and empty lines between them
 * do not.
 *
 * @param windows whether CRLF ends a line too; elsewhere the CR is part of the text, of a delimiter as well
 * @throws FileCommandError for a line that is neither, an empty name or delimiter, and a block without its end
 */
export function parseKeyValueFile(
  text: string,
  windows: boolean = process.platform === 'win32',
): Record<string, string> {
  const lines = text.split(/(?<=\n)/)
  const withoutEnd = (line: string): string => line.replace(windows ? /\r?\n$/ : /\n$/, '')
  const values = new Map<string, string>()
  const refuse = (message: string): never => {
    throw new FileCommandError(message, Object.fromEntries(values))
  }

  for (let index = 0; index < lines.length; index++) {
    const line = withoutEnd(lines[index] ?? '')
    if (line === '') continue
    // The mark that comes first decides.
    const [, name = '', mark, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? refuse(`Invalid format '${line}'`)
    if (name === '' || (mark === '<<' && rest === ''))
      refuse(`Invalid format '${line}'. Name and delimiter must not be empty`)
    if (mark === '=') {
      values.set(name, rest)
      continue
    }
    const start = index + 1
    const end = lines.findIndex((candidate, at) => at >= start && withoutEnd(candidate) === rest)
    if (end < 0) refuse(`Invalid value. Matching delimiter not found '${rest}'`)
    values.set(name, withoutEnd(lines.slice(start, end).join('')))
    index = end
  }
  return Object.fromEntries(values)
}
