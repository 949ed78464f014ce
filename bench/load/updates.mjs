// The updates of a recorded screen in a file.

/** As a file: before each update its length. */
export function fileOf(updates) {
  return Buffer.concat(
    updates.flatMap((update) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(update.length)
      return [length, update]
    }),
  )
}

export function updatesIn(file) {
  const updates = []
  for (let at = 0; at < file.length; at += 4 + file.readUInt32BE(at))
    updates.push(file.subarray(at + 4, at + 4 + file.readUInt32BE(at)))
  return updates
}
