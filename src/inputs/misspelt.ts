/** Variables of inputs that action.yml does not declare, as the workflow probably wrote them. */
interface Strays {
  /** So close to a known input that it was probably meant. */
  misspelt: { name: string; variable: string; meant: string }[]
  others: string[]
}

/** Finds inputs that this action does not have. The runner passes them on as well, and a misspelt `protect` would protect nothing. */
export function findStrays(env: NodeJS.ProcessEnv, known: readonly string[]): Strays {
  const strays: Strays = { misspelt: [], others: [] }
  for (const variable of Object.keys(env)) {
    // An action's inputs are in upper case (actions/runner, src/Runner.Worker/Handlers/Handler.cs). On Windows case does not count.
    const name = /^INPUT_(.+)$/is.exec(variable)?.[1]?.toLowerCase() ?? ''
    const isRead = process.platform === 'win32' || variable === variable.toUpperCase()
    if (name === '' || (known.includes(name) && isRead)) continue
    const meant = nearest(name, known)
    if (meant === null) strays.others.push(name)
    else strays.misspelt.push({ name, variable, meant })
  }
  return strays
}

/** The known name that another is near to: it has the same first words, or few letters differ. Dashes and plurals do not count. */
function nearest(name: string, known: readonly string[]): string | null {
  const letters = (text: string): string => text.replace(/[^a-z0-9]/g, '').replace(/s$/, '')
  const words = (text: string): string => `${text.replace(/[^a-z0-9]+/g, '-')}-`
  const [best] = known
    .map((meant) => ({ meant, distance: distance(letters(name), letters(meant)) }))
    .filter(
      ({ meant, distance }) =>
        (distance <= letters(meant).length / 3 && name.length > 2) ||
        words(meant).startsWith(words(name)) ||
        // The names of one short word are parts of many other names.
        (meant.length > 5 && letters(name).startsWith(letters(meant))),
    )
    .sort((a, b) => a.distance - b.distance)
  return best?.meant ?? null
}

/** How many letters must be put in, taken out or replaced to get from one text to the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1]
    for (let at = 1; at <= to.length; at += 1) {
      const replaced = (row[at - 1] ?? 0) + (from[index] === to[at - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
