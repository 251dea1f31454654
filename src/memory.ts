/** From so many pins on memory matters more than the last millisecond. */
const MANY_PINS = 100

/**
 * Has V8 collect garbage early in a large run. Left to itself it lets the young generation of a process grow for as long as it is
 * quick to do so: the objects of thousands of requests, each short-lived, then peak at several times what is ever in use.
 */
export async function spareMemory(pins: number): Promise<void> {
  if (pins < MANY_PINS) return
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--optimize-for-size')
  setFlagsFromString('--semi-space-growth-factor=1')
}
