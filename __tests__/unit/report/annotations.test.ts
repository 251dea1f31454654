import { expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { fitAnnotations } from '../../../src/report/annotations.ts'

test('ten annotations are shown as they are', () => {
  const messages = Array.from({ length: 10 }, (_, index) => `message ${index}`)
  expect(fitAnnotations(messages, 'errors')).toEqual(messages)
})

test('of more than ten annotations nine are shown, and the tenth says how many more there are', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 11, maxLength: 50 }), (messages) => {
      const shown = fitAnnotations(messages, 'errors')
      expect(shown.slice(0, 9)).toEqual(messages.slice(0, 9))
      expect(shown.slice(9)).toEqual([
        `… and ${messages.length - 9} more errors. The file that the output \`results-file\` names has all pins.`,
      ])
    }),
  )
})
