/**
 * How many times longer one piece of work takes than a thousand of a thousandth of its size: of the order of 1 where the time grows
 * with the size, of 1000 where it grows with its square. Both are taken in one run, so that a slow machine is slow for both.
 */
export function growth(size: number, work: (size: number) => unknown): number {
  const timeOf = (times: number, each: number): number => {
    const began = performance.now()
    for (let done = 0; done < times; done += 1) work(each)
    return performance.now() - began
  }
  const small = timeOf(1000, size / 1000)
  return timeOf(1, size) / small
}

/** Seconds of CPU that a piece of work takes. Other processes of the machine do not count. */
export function cpuSeconds(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}
