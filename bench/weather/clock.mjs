// A clock on a guest's screen that a page can read: quarters of a second since the guest booted, as
// white and black cells between a blue and a red one, in the first row of its text console.
const bits = 16
const ends = 2

/** Starts it; resolves with how many columns and rows the console has. */
export async function startClock(guest) {
  const [rows, columns] = (await guest.inside('stty size </dev/tty1'))
    .trim()
    .split(' ')
    .map(Number)
  await guest.inside(
    String.raw`(
    while :; do
      read up idle </proc/uptime
      whole=\${up%.*} part=\${up#*.} cells= bit=0
      part=\${part#0}
      n=$((whole * 4 + part / 25))
      while [ $bit -lt ${bits} ]; do
        if [ $((n >> bit & 1)) = 1 ]; then cells="$cells\033[47m  "; else cells="$cells\033[40m  "; fi
        bit=$((bit + 1))
      done
      printf "\0337\033[1;1H\033[44m  $cells\033[41m  \033[0m\0338" >/dev/tty1
      sleep 0.25
    done
  ) >/dev/null 2>&1 </dev/null &`.replaceAll(String.raw`\${`, '${'),
  )
  return { rows, columns }
}

/**
 * Notes five times a second what a page shows: the clock, and what it says of the connection. It runs in
 * the page; `window.weather` has the notes.
 */
export function watchClock({ rows, columns, bits: count, ends: wide }) {
  const notes = []
  window.weather = notes
  const states =
    /^(Connected|Unstable|Image stopped|Connecting…|Reconnecting…|Disconnected|Waiting|Starting…)$/
  const read = () => {
    const canvas = document.querySelector('[role=application] canvas')
    if (!canvas?.width) return undefined
    const cell = canvas.width / columns
    const y = Math.floor(canvas.height / rows / 2)
    const context = canvas.getContext('2d')
    const at = (index) =>
      context.getImageData(Math.floor((index * 2 + 1) * cell), y, 1, 1).data
    const [first, last] = [at(0), at(count + wide - 1)]
    // Blue, then red: otherwise it is another screen, or one that is being drawn.
    if (first[2] < 100 || first[0] > 60 || last[0] < 100 || last[2] > 60) return undefined
    let quarters = 0
    for (let bit = 0; bit < count; bit += 1) if (at(bit + 1)[0] > 100) quarters += 2 ** bit
    return quarters / 4
  }
  setInterval(() => {
    const said = [...document.querySelectorAll('span')].find(({ textContent }) =>
      states.test(textContent),
    )?.textContent
    const { connection, attempt } =
      document.querySelector('[role=application]')?.dataset ?? {}
    notes.push({ at: Date.now() / 1_000, clock: read(), said, connection, attempt })
  }, 200)
}

export const clockShape = { bits, ends }
