/** A choice of several with one taken out, or put in at its end. */
export function toggled(chosen: string[], one: string): string[] {
  return chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one]
}
