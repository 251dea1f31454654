import { describe, test } from '@jest/globals'

// Windows has no signals that one process could send to another, no FIFOs, and no two variables that differ only in case.
const onWindows = process.platform === 'win32'

export const posixDescribe = onWindows ? describe.skip : describe
export const posixTest = onWindows ? test.skip : test
