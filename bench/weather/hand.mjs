// A person has one pair of hands: nobody types a letter while somebody holds a key.
let last = Promise.resolve()

export function withHands(act) {
  const turn = last.then(act)
  last = turn.catch(() => {})
  return turn
}
