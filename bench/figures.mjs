// How the benchmarks count and print.

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

export function percentile(values, share) {
  return (
    values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN
  )
}

export const p95 = (values) => percentile(values, 0.95)

export const mean = (values) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** The standard deviation. */
export function deviation(values) {
  const middle = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
}

export const seconds = (count) =>
  new Promise((resolve) => setTimeout(resolve, count * 1_000))

/** A row with an upper limit. `target` is the number in docs/performance.md#the-console. */
export function atMost(target, what, value, limit, unit = 'ms', digits = 0) {
  return row(target, what, value, limit, unit, digits, '≤', value <= limit)
}

/** A row with a floor. */
export function atLeast(target, what, value, limit, unit, digits = 0) {
  return row(target, what, value, limit, unit, digits, '≥', value >= limit)
}

function row(target, what, value, limit, unit, digits, sign, ok) {
  const figure = `${value.toFixed(digits)} ${unit}`.trim()
  return { target, what, figure, limit: `${sign} ${limit} ${unit}`.trim(), ok }
}

/** A row that only tells. */
export const told = (target, what, figure) => ({ target, what, figure, limit: '' })

export function print({ target, what, figure, limit, ok }) {
  const verdict = ok === undefined ? '' : ok ? 'within' : 'OVER'
  console.log(
    `${String(target).padEnd(3)} ${what.padEnd(56)} ${figure.padEnd(26)} ${limit.padEnd(16)} ${verdict}`.trimEnd(),
  )
}
