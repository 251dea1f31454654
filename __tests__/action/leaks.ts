import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionResult } from '../../testing/runner/run-action.ts'

/** A text that left the action, and where it went. */
interface Leaving {
  where: string
  text: string
}

function filesBelow(folder: string): Leaving[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => [
      { where: 'a file name', text: path },
      { where: 'a file', text: readFileSync(path, 'utf8') },
    ])
}

/** Everything that left the action but `add-mask`, which is there to name the keys to the runner. */
function leaving(result: ActionResult): Leaving[] {
  const isMask = (line: string): boolean => /^\s*::add-mask::/i.test(line)
  const log = result.log
    .split('\n')
    .filter((line) => !isMask(line))
    .join('\n')
  return [
    { where: 'the log', text: log },
    ...Object.values(result.annotations)
      .flat()
      .map((annotation) => ({ where: 'an annotation', text: JSON.stringify(annotation) })),
    ...Object.entries(result.files).map(([name, text]) => ({ where: `the runner's file ${name}`, text })),
    ...Object.entries(result.outputs).map(([name, text]) => ({ where: `the output ${name}`, text })),
    ...filesBelow(result.runnerTemp),
    ...filesBelow(result.workspace),
  ]
}

function percentDecoded(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** The readings of a text in which a key must not be found. */
function readings(text: string): string[] {
  const escapes = text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  const references = text
    .replace(/&#x([0-9a-f]+);/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, decimal: string) => String.fromCharCode(Number(decimal)))
  const once = percentDecoded(text)
  return [text, escapes, references, once, percentDecoded(once), text.replaceAll('\\', '')].map((reading) =>
    reading.toLowerCase(),
  )
}

/** Base64 of the key wherever it begins within what is encoded: the characters at both edges hold foreign bits. */
function base64Forms(key: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + key).toString('base64')
    const core = encoded.replace(/=+$/, '').slice(offset === 0 ? 0 : offset + 1, -1)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** How servers and encoders commonly write a key. */
export function spellings(key: string): Record<string, string> {
  const everyCharacter = (write: (code: string) => string): string =>
    key.replace(/./g, (character) => write(character.charCodeAt(0).toString(16).padStart(2, '0')))
  return {
    plain: key,
    'in capitals': key.toUpperCase(),
    'in small letters': key.toLowerCase(),
    'percent-encoded': encodeURIComponent(key),
    'percent-encoded throughout': everyCharacter((code) => `%${code}`),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(key)),
    'in base64': Buffer.from(key).toString('base64'),
    'in base64 for URLs': Buffer.from(key).toString('base64url'),
    'in base64, after one byte': Buffer.from(`:${key}`).toString('base64'),
    'in base64, after two bytes': Buffer.from(`a:${key}`).toString('base64'),
    'in hex': Buffer.from(key).toString('hex'),
    'as JSON escapes': everyCharacter((code) => `\\u00${code}`),
    'as character references': everyCharacter((code) => `&#x${code};`),
    'with zero-width spaces': key.split('').join('\u200b'),
    'with a line end in it': `${key.slice(0, 10)}\r\n${key.slice(10)}`,
  }
}

/** Where a key, in any of its spellings, left the action; empty when it did nowhere. */
export function leaksOf(result: ActionResult, keys: readonly string[]): string[] {
  return leaving(result).flatMap(({ where, text }) =>
    keys.flatMap((key, index) =>
      holdsKey(text, key) ? [`key ${index + 1} in ${where}: ${text.slice(0, 300)}`] : [],
    ),
  )
}

/** Is the key in this text, in any of its spellings? */
export function holdsKey(text: string, key: string): boolean {
  const visible = text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g,
    '',
  )
  const small = visible.toLowerCase()
  return (
    [...readings(text), ...readings(visible)].some((reading) => reading.includes(key.toLowerCase())) ||
    base64Forms(key).some((form) => visible.includes(form)) ||
    small.includes(Buffer.from(key).toString('hex'))
  )
}
