import { expect, test } from 'vitest'

import { showOnce } from './flips.ts'

test('what a message paints is shown once, and after an image that is being decoded in its order', () => {
  const shown: string[] = []
  const display = {
    // The type of an empty list can’t be inferred.
    _renderQ: [] as unknown[],
    flip(fromQueue?: boolean) {
      shown.push(this._renderQ.length > 0 && !fromQueue ? 'queued' : 'now')
    },
  }
  let isUsed = false
  const handle = showOnce(
    display,
    () => {
      for (let update = 0; update < 1_000; update += 1) display.flip()
    },
    () => isUsed,
  )
  handle()
  expect(shown.splice(0)).toHaveLength(1_000)
  isUsed = true
  handle()
  expect(shown).toEqual(['now'])

  const withImage = showOnce(
    display,
    () => {
      display.flip()
      display._renderQ.push('image')
      display.flip()
    },
    () => true,
  )
  withImage()
  // The first is shown with the second, when the image is there.
  expect(shown).toEqual(['now', 'queued', 'queued'])

  display._renderQ.pop()
  display.flip(true)
  display.flip()
  expect(shown.slice(3)).toEqual(['now', 'now'])
})

test('what a message painted before it failed is not shown', () => {
  const shown: boolean[] = []
  const display = { _renderQ: [], flip: () => shown.push(true) }
  const handle = showOnce(
    display,
    () => {
      display.flip()
      throw new Error('garbage')
    },
    () => true,
  )
  expect(handle).toThrow('garbage')
  expect(shown).toEqual([])
  display.flip()
  expect(shown).toEqual([true])
})
