/**
 * Masking as the runner does it, read in actions/runner 2.336.0: src/Sdk/DTLogging/Logging/SecretMasker.cs and ValueEncoders.cs, the
 * list of encoders in src/Runner.Common/HostContext.cs, and `AddMaskCommandExtension` in src/Runner.Worker/ActionCommandManager.cs.
 * Left out: the parts of a value around an `&` that PowerShell would colour.
 */

const XML_ENTITIES = new Map(Object.entries({ '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }))

/** .NET's EscapeDataString encodes some more than JavaScript does. */
function percentEncode(value: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, hex)
}

/** What stands before a value shifts its Base64 form by none, one or two bytes. */
function base64(value: string, shift: number): string {
  const bytes = Buffer.from(value)
  return bytes.subarray(bytes.length > shift ? shift : 0).toString('base64')
}

/** The forms in which the runner looks for one registered value, itself the first. */
function maskedForms(value: string): string[] {
  return [
    value,
    ...[0, 1, 2].map((shift) => base64(value, shift)),
    value.replaceAll('"', String.raw`\"`),
    value.replaceAll("'", "''"),
    JSON.stringify(value).slice(1, -1),
    percentEncode(value),
    value.replace(/[<>"'&]/g, (character) => XML_ENTITIES.get(character) ?? character),
    value.length > 8 && /^".*"$/s.test(value) ? value.slice(1, -1) : value,
  ]
}

/** The values that one `add-mask` registers: the whole and each of its lines, trimmed; none for a blank one, over which it only warns. */
export function valuesToMask(message: string): string[] {
  if (message.trim() === '') return []
  const lines = message.split(/[\r\n]/).map((line) => line.trim())
  return [...new Set([message, ...lines])].filter((line) => line !== '')
}

function occurrences(text: string, form: string): { start: number; end: number }[] {
  const found = []
  for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1))
    found.push({ start, end: start + form.length })
  return found
}

/**
 * Replaces each registered value, in any of its forms, with `***`; values that overlap or touch give one `***`.
 *
 * @param secrets the messages of the `add-mask` commands, or registered secrets
 */
export function mask(text: string, secrets: Iterable<string>): string {
  const forms = new Set([...secrets].flatMap(valuesToMask).flatMap(maskedForms))
  const found = [...forms].flatMap((form) => occurrences(text, form)).sort((a, b) => a.start - b.start)

  let masked = ''
  let position = 0
  let reach = -1
  for (const { start, end } of found) {
    if (start > reach) masked += `${text.slice(position, start)}***`
    reach = Math.max(reach, end)
    position = reach
  }
  return masked + text.slice(position)
}
