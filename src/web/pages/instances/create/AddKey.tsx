import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'

import { sshKeysQuery } from '../../../api/queries.ts'
import { useOnce } from '../../../api/use-once.ts'
import { SendProblem } from '../../../components/SendProblem.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { CancelButton } from '../../../ui/CancelButton.tsx'
import { Field } from '../../../ui/Field.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { TextArea } from '../../../ui/TextArea.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { rememberKeyFile } from './access/key-files.ts'
import { generateOpenSshKey, newKeyName } from './open-ssh-key.ts'
import { registerKey } from './register-key.ts'
import { keyNamePattern, readPublicKey } from './ssh-public-key.ts'

type AddKeyProps = {
  zone: string
  onAdded: (name: string) => void
  onClose: () => void
}

function useKeyWords() {
  const { t } = useLingui()
  return {
    empty: t`Paste the public key or drop its .pub file here.`,
    private: t`This is a private key. Don’t share it. Use the public key in the .pub file instead.`,
    several: t`Add one SSH key at a time.`,
    unreadable: t`This isn’t a valid SSH public key.`,
    name: t`Use letters, digits, periods, hyphens and underscores. Start with a letter or digit.`,
  }
}

type Generated = { publicKey: string; file: string }

/** Generates a key pair, downloads the private key and passes the public key on. */
function GenerateKey({ onGenerated }: { onGenerated: (made: Generated) => void }) {
  const { t } = useLingui()
  const generate = useMutation({
    mutationFn: async () => {
      const comment = newKeyName()
      const { publicKey, privateKey } = await generateOpenSshKey(comment)
      const privateFile = `${comment}.key`
      saveFile(privateFile, new Blob([privateKey]))
      onGenerated({ publicKey, file: privateFile })
      return privateFile
    },
  })
  const file = generate.data
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Button
          size="sm"
          icon={<KeyRound />}
          pending={generate.isPending}
          onClick={() => generate.mutate()}
        >
          <Trans>Generate new key</Trans>
        </Button>
        <span className="text-muted">
          {file ? (
            <Trans>{file} was downloaded. This is the only copy, so store it safely.</Trans>
          ) : (
            <Trans>
              Generated in your browser. The private key is downloaded and never sent to a
              server.
            </Trans>
          )}
        </span>
      </div>
      {generate.error && (
        <Banner kind="error" title={t`This browser can’t generate SSH keys`}>
          <Trans>Generate an SSH key with ssh-keygen and paste its .pub file here.</Trans>
        </Banner>
      )}
    </>
  )
}

type PublicKeyAreaProps = { value: string; onChange: (text: string) => void }

/** The text of a public key, which can also be dropped as a file. */
function PublicKeyArea({ value, onChange }: PublicKeyAreaProps) {
  return (
    <TextArea
      mono
      rows={3}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- the button that was pressed is gone
      autoFocus
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const file = event.dataTransfer.files[0]
        if (!file) return
        event.preventDefault()
        void file.slice(0, 32_768).text().then(onChange)
      }}
    />
  )
}

/**
 * Adds an SSH key in the middle of the form; what is typed here isn't part of that form. It is a
 * fieldset, because forms can't be nested.
 */
export function AddKey({ zone, onAdded, onClose }: AddKeyProps) {
  const { t } = useLingui()
  const words = useKeyWords()
  const queries = useQueryClient()
  const [text, setText] = useState('')
  const [typedName, setTypedName] = useState<string>()
  const [tried, setTried] = useState(false)
  const [generated, setGenerated] = useState<Generated>()
  const read = readPublicKey(text)
  const name = typedName ?? (read.ok ? read.suggestedName : '')
  const nameWrong = !keyNamePattern.test(name)
  const mutation = useOnce({
    send: (key, publicKey: string) => registerKey(zone, key, name, publicKey),
    closes: true,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: sshKeysQuery(zone).queryKey })
      if (generated?.publicKey === text) rememberKeyFile(name, generated.file)
      onAdded(name)
    },
  })
  const add = () => {
    setTried(true)
    if (read.ok && !nameWrong) mutation.mutate(read.key)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    // Enter in a field would submit the form around this.
    event.preventDefault()
    add()
  }
  // A private key is rejected at once, other mistakes when the key is added.
  const keyError = !read.ok && (tried || read.why === 'private') ? words[read.why] : null
  return (
    <fieldset
      aria-label={t`Add SSH key`}
      className="grid min-w-0 gap-2 rounded-md border bg-sunken p-3"
    >
      <GenerateKey
        onGenerated={(made) => {
          setGenerated(made)
          setText(made.publicKey)
        }}
      />
      <Field label={t`Public key`} hint={words.empty} error={keyError}>
        <PublicKeyArea value={text} onChange={setText} />
      </Field>
      <Field
        label={t`Key name`}
        hint={words.name}
        error={tried && nameWrong ? words.name : null}
      >
        <TextInput
          value={name}
          onChange={({ target }) => setTypedName(target.value)}
          onKeyDown={onKeyDown}
          className="max-w-96"
        />
      </Field>
      <SendProblem sending={mutation} />
      <div className="flex gap-2">
        <Button pending={mutation.isPending} onClick={add}>
          <Trans>Add key</Trans>
        </Button>
        <CancelButton variant="ghost" pending={mutation.isPending} onClick={onClose} />
      </div>
    </fieldset>
  )
}
