import { expect, test } from 'vitest'

import { eventCount, nextChunk } from './chunks.ts'
import { layoutNames, loadLayout, loadTables } from './layouts-known.ts'
import { normalise, planText } from './plan.ts'
import { readAs } from './read-as.ts'

const printable = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join(
  '',
)

test('every layout types all printable characters on Linux, none on a key twice', async () => {
  for (const name of layoutNames) {
    const layout = await loadLayout(name, 'linux')
    const { units, skipped } = planText(printable, { kind: 'layout', layout })

    expect(skipped).toEqual([])
    const strokes = units.map(({ taps }) =>
      taps.map(({ code, held }) => [...held, code].join('+')).join(' '),
    )
    expect(new Set(strokes).size, name).toBe(95)
  }
})

test('few characters go by number on Linux; on Windows what has no key is named', async () => {
  for (const name of layoutNames) {
    const linux = await loadLayout(name, 'linux')
    const byNumber = planText(printable, { kind: 'layout', layout: linux }).units.filter(
      ({ letGo }) => letGo,
    )
    expect(byNumber.map(({ character }) => character).join('')).toBe(
      // Widened, because most layouts have no entry.
      ({ it: '{}~', fr: '`' } as Record<string, string>)[name] ?? '',
    )
    const windows = await loadLayout(name, 'windows')
    const { skipped } = planText(printable, { kind: 'layout', layout: windows })
    expect(skipped.map(({ character }) => character).join('')).toBe(
      name === 'it' ? '`~' : '',
    )
  }
})

test('dead keys make accented letters, and with a blank the accent alone', async () => {
  const layout = await loadLayout('de', 'windows')
  const codes = (text: string) =>
    planText(text, { kind: 'layout', layout }).units.flatMap(({ taps }) =>
      taps.map(({ code, held }) => [...held, code].join('+')),
    )

  expect(codes('ê')).toEqual(['Backquote', 'KeyE'])
  expect(codes('^')).toEqual(['Backquote', 'Space'])
  expect(codes('È')).toEqual(['Shift+Equal', 'Shift+KeyE'])
  expect(codes('ö')).toEqual(['Semicolon'])
})

test('text is normalised: line ends, composed letters, and Enter only as wanted', () => {
  expect(normalise('a\r\nb\rc\n\n', false)).toBe('a\nb\nc')
  expect(normalise('a\r\nb', true)).toBe('a\nb\n')
  expect(normalise('e\u0301', false)).toBe('é')
})

test('control characters are named and never typed, by any method', async () => {
  const layout = await loadLayout('us', 'linux')
  const text = 'a\u001b[31m\u0007\u0000b\ud800\t\n'

  for (const method of [
    { kind: 'layout', layout } as const,
    { kind: 'codes', fast: false } as const,
    { kind: 'keysyms' } as const,
  ]) {
    const { units, skipped } = planText(text, method)
    expect(units.map(({ character }) => character).join('')).toBe('a[31mb\t\n')
    expect(skipped.map(({ at, control }) => [at, control])).toEqual([
      [1, true],
      [6, true],
      [7, true],
      [9, true],
    ])
  }
})

test('characters without a position are typed with the Shift that QEMU would not press', () => {
  const { units } = planText('aB1!é漢', { kind: 'keysyms' })
  expect(units.flatMap(({ taps }) => taps)).toEqual([
    { keysym: 0x61, code: '', held: [] },
    { keysym: 0x42, code: '', held: ['Shift'] },
    { keysym: 0x31, code: '', held: [] },
    { keysym: 0x21, code: '', held: ['Shift'] },
    { keysym: 0xe9, code: '', held: [] },
    { keysym: 0x1006f22, code: '', held: [] },
  ])
})

test('a run holds modifiers down over its characters and ends with all keys up', async () => {
  const layout = await loadLayout('de', 'linux')
  const { units } = planText('ABcd@{', { kind: 'layout', layout })
  const { events } = nextChunk(units, 0, 100)

  const named = events.map(({ code, down }) => `${down ? '+' : '-'}${code}`).join(' ')
  expect(named).toBe(
    '+ShiftLeft +KeyA -KeyA +KeyB -KeyB -ShiftLeft +KeyC -KeyC +KeyD -KeyD ' +
      '+AltRight +KeyQ -KeyQ +Digit7 -Digit7 -AltRight',
  )
})

test('no run is longer than its limit, cut inside a character, or ends with a key down', async () => {
  const layout = await loadLayout('pt', 'linux')
  const text = printable + 'ãéñ€漢'.repeat(20) + 'ABC'.repeat(60)
  const { units } = planText(text, { kind: 'layout', layout })
  for (const limit of [14, 60, 140]) {
    let typed = 0
    for (let at = 0; at < units.length;) {
      const chunk = nextChunk(units, at, limit)
      const down = new Set<string>()
      for (const event of chunk.events)
        if (event.down) down.add(event.code)
        else expect(down.delete(event.code)).toBe(true)
      expect(down.size).toBe(0)
      // One character alone may need more than the smallest run has.
      if (chunk.units > 1) expect(chunk.events.length).toBeLessThanOrEqual(limit)
      typed += chunk.units
      at += chunk.units
    }
    expect(typed).toBe(units.length)
    expect(eventCount(units, limit)).toBeGreaterThan(units.length * 2)
  }
})

test('any layout can be typed by number; fast only for letters that all Latin layouts share', async () => {
  const slow = planText('aB 1', { kind: 'codes', fast: false })
  expect(slow.units.map(({ taps }) => taps.map(({ code }) => code).join(' '))).toEqual([
    'Numpad9 Numpad7',
    'Numpad6 Numpad6',
    'Space',
    'Numpad4 Numpad9',
  ])
  const fast = planText('aBez', { kind: 'codes', fast: true })
  expect(fast.units.map(({ letGo }) => letGo ?? false)).toEqual([true, false, false, true])
  for (const [name] of await loadTables()) {
    const layout = await loadLayout(name, 'linux')
    for (const letter of 'bcdefghijklnoprstuvxBCDEFGHIJKLNOPRSTUVX')
      expect(planText(letter, { kind: 'layout', layout }).units[0]?.taps, name).toEqual(
        planText(letter, { kind: 'codes', fast: true }).units[0]?.taps,
      )
  }
})

test('the keys of the test line show something else under each of the nine layouts', async () => {
  const layout = await loadLayout('us', 'windows')
  const { units } = planText('qyzm;/,@#', { kind: 'layout', layout })
  const shown = (await loadTables()).map(([, table]) => readAs(units, table))

  expect(shown).not.toContain(undefined)
  expect(new Set(shown).size).toBe(9)
  expect(shown).toContain('ayw,m!;23')
  expect(shown).toContain('qzymö-,"§')
})

test('each character is looked up once, however long the text is', async () => {
  const layout = await loadLayout('de-CH', 'linux')
  let lookedUp = 0
  const counted = (character: string) => {
    lookedUp += 1
    return layout(character)
  }
  const text = `${printable}\u0000\u001b\u009b\r\n`.repeat(200)
  const { units, skipped } = planText(normalise(text, false), {
    kind: 'layout',
    layout: counted,
  })

  // Control characters and line ends are in no layout.
  expect(lookedUp).toBe(95 * 200)
  expect(skipped).toHaveLength(600)
  expect(units).toHaveLength(96 * 200 - 1)
})
