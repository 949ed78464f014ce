import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'

import { deleteReverseDns, setReverseDns } from '../../../api/mutations.ts'
import { reverseDnsQuery } from '../../../api/queries.ts'
import { useOnce } from '../../../api/use-once.ts'
import { MissingValue } from '../../../components/reading/MissingValue.tsx'
import { ReadProblem } from '../../../components/reading/ReadProblem.tsx'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CancelButton } from '../../../ui/CancelButton.tsx'
import { Code } from '../../../ui/Code.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { useAttachBlock } from './Attach.tsx'
import { useInstance } from './instance-context.ts'

const longest = 253

/** Why the name can't be edited now. An edit begins with the name that is there. */
function useEditBlock({ data: name, isPending }: UseQueryResult<string | null>) {
  const { t } = useLingui()
  const refused = useAttachBlock('update-reverse-dns-instance')
  if (refused) return refused
  if (isPending) return t`Loading…`
  return name === undefined ? t`The current name couldn’t be read.` : null
}

function Name({ query }: { query: UseQueryResult<string | null> }) {
  const { t } = useLingui()
  const { data: name, isPending } = query
  return (
    <>
      <ReadProblem query={query} title={t`Couldn’t read the name`} className="basis-full" />
      {name ? (
        <Code copy>{name}</Code>
      ) : name === null ? (
        <span className="text-muted">–</span>
      ) : (
        <MissingValue isReading={isPending} />
      )}
    </>
  )
}

/**
 * The name that the address resolves to; edited in place (docs/platform.md#reverse-dns).
 */
export function ReverseDns() {
  const { t } = useLingui()
  const { row } = useInstance()
  const query = useQuery(reverseDnsQuery(row.zone, row.id))
  const { data: name } = query
  const block = useEditBlock(query)
  const [typed, setTyped] = useState<string>()
  const save = useOnce({
    send: (key, to: string) =>
      to ? setReverseDns(row, key, to) : deleteReverseDns(row, key),
    onSuccess: () => setTyped(undefined),
  })
  const wanted = typed?.trim() ?? ''
  const why =
    wanted.length > longest
      ? t`Use at most ${longest} characters.`
      : wanted === (name ?? '')
        ? t`Enter a different name.`
        : block
  if (typed === undefined)
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Name query={query} />
        {row['public-ip'] && (
          <Button
            size="sm"
            variant="ghost"
            disabledReason={block}
            aria-label={t`Edit reverse DNS`}
            // No higher than the lines around it, and at the end of its own.
            className="-my-1 ms-auto"
            onClick={() => setTyped(name ?? '')}
          >
            <Trans>Edit</Trans>
          </Button>
        )}
      </div>
    )
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!why) save.mutate(wanted)
      }}
    >
      <TextInput
        aria-label={t`Reverse DNS`}
        translate="no"
        placeholder="host.example.com"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          type="submit"
          variant="primary"
          pending={save.isPending}
          disabledReason={why}
        >
          {wanted || !name ? <Trans>Save name</Trans> : <Trans>Remove name</Trans>}
        </Button>
        <CancelButton
          size="sm"
          pending={save.isPending}
          onClick={() => setTyped(undefined)}
        />
      </div>
      <SendProblem sending={save} />
    </form>
  )
}
