import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { fitAnnotations } from '../../../src/report/annotations.ts'

test('ten are shown as they are', () => {
  const messages = Array.from({ length: 10 }, (_, index) => `message ${index}`)
  expect(fitAnnotations(messages, 'errors')).toEqual(messages)
  expect(fitAnnotations([], 'errors')).toEqual([])
})

test('of more, nine are shown, and the tenth says how many there are besides and where', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 11, maxLength: 50 }), (messages) => {
      const shown = fitAnnotations(messages, 'errors')
      expect(shown.slice(0, 9)).toEqual(messages.slice(0, 9))
      expect(shown.slice(9)).toEqual([
        `… and ${messages.length - 9} more errors: all of them stand in the file that the output \`results-file\` names.`,
      ])
    }),
  )
})
