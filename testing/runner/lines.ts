/**
 * Cuts text that arrives in pieces into lines as .NET's `StreamReader.ReadLine` does, with which the runner
 * reads a process's output (actions/runner, src/Runner.Sdk/ProcessInvoker.cs, `StartReadStream`): a line ends
 * at LF, CRLF or a lone CR, and an unfinished last line counts.
 *
 * @param emit called with each line, without its end
 */
export function lineSplitter(emit: (line: string) => void): {
  push: (text: string) => void
  end: () => void
} {
  let pending = ''
  let afterCarriageReturn = false
  return {
    push(text) {
      // A CR at the end of a piece ends the line at once; the LF that may open the next piece belongs to it.
      const rest = afterCarriageReturn && text.startsWith('\n') ? text.slice(1) : text
      if (text !== '') afterCarriageReturn = text.endsWith('\r')
      const lines = (pending + rest).split(/\r\n|\r|\n/)
      pending = lines.pop() ?? ''
      for (const line of lines) emit(line)
    },
    end() {
      if (pending !== '') emit(pending)
      pending = ''
    },
  }
}

/** The lines of a whole text, by the same rules. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
