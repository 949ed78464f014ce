#!/usr/bin/env bash
# Software: PostgreSQL 15 (Debian package postgresql-15), pg 8.23.1.
#
# The guess: a notification concerns those who listen to its channel in its database. Another database of the same
# server has nothing to do with it.
#
# What happens: a transaction that notifies takes a lock of the whole server when it begins to commit, and keeps it until the
# commit is done. Here a transaction of another database notifies a channel that has no listener, and its commit waits
# for a replica that is away, as it might wait for a slow disk. Until it has ended, no transaction that notifies can commit,
# in any database, and the rows that it has written aren't seen. Transactions without a notification go on.
#
# Why it matters: only what servers tell each other is written with a notification, in transactions of its own that no
# request waits for (src/server/replicas/wire.ts, docs/scaling.md). A NOTIFY in the transactions that store changes, or
# a trigger that does it, would make all of them wait for the slowest commit of the server.
set -euo pipefail
source "$(dirname "$0")/kit/work.bash"
need node nodejs
PATH="/usr/lib/postgresql/15/bin:$PATH"
need initdb postgresql-15
packages pg@8.23.1

# It doesn't run as root; Debian's package has a user for it.
as() { "$@"; }
chmod 711 "$work"
mkdir "$work/db"
if [ "$(id -u)" = 0 ]; then
  as() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
  chown postgres "$work/db"
fi
as initdb --pgdata "$work/db/data" --username me --auth trust >/dev/null
(
  as postgres -D "$work/db/data" -k "$work/db" -c listen_addresses= >"$work/log" 2>&1 &
  # Its own way to end at once, even if a client is still connected.
  trap 'kill -INT "$(head -n 1 "$work/db/data/postmaster.pid")"' TERM
  wait || true
  wait
) &
started+=($!)
for _ in $(seq 200); do
  pg_isready -q -h "$work/db" && break
  sleep 0.1
done

cat >"$work/look.mjs" <<'JS'
import { setTimeout as wait } from 'node:timers/promises'

import pg from 'pg'

async function client(database) {
  const client = new pg.Client({ host: process.env.AT, user: 'me', database })
  client.on('error', () => {})
  await client.connect()
  return client
}
const ours = await client('postgres')
const { rows } = await ours.query('show server_version')
console.log(`PostgreSQL ${rows[0].server_version}`)
await ours.query('create database other')
await ours.query('create table row (name text)')
const [other, reader, listener] = [await client('other'), await client('postgres'), await client('postgres')]
await other.query('create table row (name text)')
let heard = 0
listener.on('notification', () => (heard += 1))
await listener.query('listen ours')

// Commits wait for a replica that doesn't exist, unless they say that they don't want to.
await ours.query(`alter system set synchronous_standby_names = 'away'`)
await ours.query('select pg_reload_conf()')
await wait(500)
for (const session of [ours, reader]) await session.query('set synchronous_commit = local')

/** Whether it is done within two seconds. */
const isDone = (work) => Promise.race([work.then(() => true), wait(2000, false)])
const seen = async () => (await reader.query('select 1 from row')).rowCount

async function round(theirs) {
  const committing = other.query(`begin; insert into row values ('theirs'); ${theirs}; commit`)
  committing.catch(() => {})
  await wait(1000)
  const plain = await isDone(ours.query(`insert into row values ('plain')`))
  const before = [await seen(), heard]
  const notifying = ours.query(`begin; insert into row values ('told'); notify ours; commit`)
  const told = await isDone(notifying)
  const during = [(await seen()) - before[0], heard - before[1]]
  // Their commit gives up waiting.
  await reader.query(`select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'`)
  const ended = (await isDone(notifying)) && (await isDone(committing))
  await wait(500)
  const after = [(await seen()) - before[0], heard - before[1]]
  return { plain, told, during, ended, after }
}
const word = (done) => (done ? 'done' : 'waits')
const results = []
for (const theirs of ['select 1', 'notify theirs']) {
  const { plain, told, during, ended, after } = await round(theirs)
  console.log(`while another database commits “${theirs}”: an insert ${word(plain)}; one with a notification ${word(told)},`)
  console.log(`  ${during[0]} rows seen, ${during[1]} notifications; when that commit has ended: ${word(ended)}, ${after[0]} row, ${after[1]} notification`)
  results.push([plain, told, ...during, ended, ...after].map(Number).join(''))
}
process.exit(String(results) === '1111111,1000111' ? 0 : 1)
JS
AT="$work/db" node "$work/look.mjs"
