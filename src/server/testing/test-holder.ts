/** A process that holds a lease for a test: it says its number, and when it isn't held any more. */
import { Leases } from '../store/leases.ts'
import { openStore } from '../store/store.ts'

const [at = '', name = '', lasts = ''] = process.argv.slice(2)
const store = await openStore(at)
const leases = new Leases({
  store,
  log: { warn() {} },
  lasts: Number(lasts),
  renews: Number(lasts) / 4,
})
const lease = await leases.take(name)
if (!lease) throw new Error('another has it')
process.stdout.write(`took ${lease.epoch}\n`)
const timer = setInterval(() => {
  if (lease.isHeld()) return
  process.stdout.write('lost\n')
  clearInterval(timer)
}, 5)
