/**
 * The files an action hands to the runner: `GITHUB_OUTPUT`, `GITHUB_STATE` and `GITHUB_ENV` (one format), and
 * `GITHUB_PATH`. Rules read in actions/runner 2.336.0, src/Runner.Worker/FileCommandManager.cs
 * (`EnvFileKeyValuePairs`, `AddPathFileCommand`).
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

/** A summary file larger than this, in bytes, is dropped with an error (`CreateStepSummaryCommand`). */
export const SUMMARY_LIMIT = 1024 * 1024

/**
 * Reads `name=value` lines and `name<<DELIMITER … DELIMITER` blocks; of a repeated name the last counts, and
 * empty lines between them do not.
 *
 * @param windows whether CRLF ends a line too; elsewhere the CR is part of the text, of a delimiter as well
 * @throws FileCommandError for a line that is neither, an empty name or delimiter, and a block without its
 * end
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
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')

    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) refuse(`Invalid format '${line}'. Name must not be empty`)
      values.set(line.slice(0, equals), line.slice(equals + 1))
    } else if (heredoc >= 0) {
      const name = line.slice(0, heredoc)
      const delimiter = line.slice(heredoc + 2)
      if (name === '' || delimiter === '')
        refuse(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      const start = index + 1
      const end = lines.findIndex((candidate, at) => at >= start && withoutEnd(candidate) === delimiter)
      if (end < 0) refuse(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values.set(name, withoutEnd(lines.slice(start, end).join('')))
      index = end
    } else {
      refuse(`Invalid format '${line}'`)
    }
  }
  return Object.fromEntries(values)
}

/** The folders of a `GITHUB_PATH` file, one a line. */
export function parsePathFile(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line !== '')
}
