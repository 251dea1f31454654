// `node --require`: time runs 30 times as fast, so that 6000 requests a minute, the most that the action takes, hold nothing back.
const FASTER = 30
const { bigint } = process.hrtime
const { setTimeout } = globalThis
process.hrtime = () => {
  const nanos = Number(bigint()) * FASTER
  return [Math.floor(nanos / 1e9), nanos % 1e9]
}
globalThis.setTimeout = (callback, ms, ...rest) => setTimeout(callback, ms / FASTER, ...rest)
