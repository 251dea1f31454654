/** From so many pins on memory matters more than the last millisecond. */
const MANY_PINS = 100

/**
 * What V8 is told before a run over so many pins: of a large one, to collect garbage early. Left to itself it lets the young
 * generation of a process grow for as long as it is quick to do so: the objects of thousands of requests, each short-lived, then peak
 * at several times what is ever in use.
 */
export function flagsFor(pins: number): string[] {
  return pins < MANY_PINS ? [] : ['--optimize-for-size', '--semi-space-growth-factor=1']
}

/** Has V8 spare memory in a large run. */
export async function spareMemory(pins: number): Promise<void> {
  const flags = flagsFor(pins)
  if (flags.length === 0) return
  const { setFlagsFromString } = await import('node:v8')
  flags.forEach((flag) => setFlagsFromString(flag))
}
