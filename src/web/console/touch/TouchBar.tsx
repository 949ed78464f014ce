/**
 * Shows what touch devices need below a screen: the on-screen keyboard, the keys that it lacks, and
 * touch modes. The buttons never take the focus from the field, because that would close the keyboard.
 */
import { useLingui } from '@lingui/react/macro'
import {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  CircleQuestionMark,
  Keyboard,
  Lock,
  Touchpad as TouchpadIcon,
} from 'lucide-react'
import { useEffect, useRef, useState, type ComponentProps } from 'react'

import { nameOfKeys, type Modifier } from '../../screen/keys.ts'
import { PopoverButton } from '../../ui/PopoverButton.tsx'
import type { ToolProps } from '../tool.ts'
import { useKeyboardLayout } from '../typist/use-keyboard-layout.ts'
import { GestureHelp } from './GestureHelp.tsx'
import { pictureUnder, zoomByPinching } from './pinch-zoom.ts'
import { rememberedMode, rememberMode, type PointerMode } from './pointer-mode.ts'
import { TouchField } from './TouchField.tsx'
import { TouchPointer } from './TouchPointer.tsx'
import { useKeyboardRoom } from './use-keyboard-room.ts'
import { useTyping } from './use-typing.ts'

const modifiers: Modifier[] = ['Control', 'Alt', 'Shift', 'AltGr', 'Meta']

function useArrows() {
  const { t } = useLingui()
  return [
    { named: 'ArrowLeft', label: t`Left arrow`, Icon: ArrowLeft },
    { named: 'ArrowDown', label: t`Down arrow`, Icon: ArrowDown },
    { named: 'ArrowUp', label: t`Up arrow`, Icon: ArrowUp },
    { named: 'ArrowRight', label: t`Right arrow`, Icon: ArrowRight },
  ]
}

/** Two taps within this time are one double tap. */
const doubleMs = 400

function TouchButton(props: ComponentProps<'button'>) {
  return (
    <button
      {...props}
      type="button"
      onMouseDown={(event) => event.preventDefault()}
      className="inline-flex h-11 min-w-0 items-center justify-center gap-0.5 rounded-md text-xs font-medium text-text active:bg-selected aria-pressed:bg-selected aria-pressed:text-accent [&_svg]:size-4 [&_svg]:shrink-0"
    />
  )
}

function ModifierButton({
  modifier,
  connection,
  state,
}: { modifier: Modifier } & Pick<ToolProps, 'connection' | 'state'>) {
  const { t } = useLingui()
  const tappedAt = useRef(0)
  const hold = state.held[modifier]
  const name = nameOfKeys([modifier])
  return (
    <TouchButton
      translate="no"
      aria-pressed={hold !== undefined}
      aria-label={hold === 'locked' ? t`${name}, held down` : name}
      onClick={({ timeStamp }) => {
        const again = timeStamp - tappedAt.current < doubleMs
        tappedAt.current = timeStamp
        connection.input.toggle(modifier)
        // A second tap locks only if it follows at once; later it undoes the first one.
        if (hold === 'once' && !again) connection.input.toggle(modifier)
      }}
    >
      {name}
      {hold === 'locked' && <Lock aria-hidden="true" />}
    </TouchButton>
  )
}

export function TouchBar(props: Omit<ToolProps, 'onClose'>) {
  const { connection, state, name, layer } = props
  const { t } = useLingui()
  const arrows = useArrows()
  const { method } = useKeyboardLayout(props)
  const typing = useTyping(connection, method)
  const field = useRef<HTMLTextAreaElement>(null)
  const [typingNow, setTypingNow] = useState(false)
  const [mode, setMode] = useState<PointerMode>(rememberedMode)
  const bar = useRef<HTMLDivElement>(null)
  useKeyboardRoom(bar)

  // Touches and the screen's focus are outside React.
  useEffect(() => {
    const picture = layer && pictureUnder(layer)
    if (picture && mode === 'tap') return zoomByPinching(picture, connection.stage)
  }, [connection, layer, mode])
  useEffect(() => {
    // Otherwise a tap on the screen would close the keyboard.
    connection.input.setFocusOnTap(!typingNow)
  }, [connection, typingNow])

  const key = (named: string) => typing.press([named])
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t`On-screen keys`}
      data-part="touch"
      className="relative order-last grid shrink-0 grid-cols-7 border-t border-border bg-surface px-1 text-text ui-dark sm:grid-cols-14"
    >
      {['Escape', 'Tab'].map((named) => (
        <TouchButton key={named} translate="no" onClick={() => key(named)}>
          {nameOfKeys([named])}
        </TouchButton>
      ))}
      {modifiers.map((modifier) => (
        <ModifierButton key={modifier} {...{ modifier, connection, state }} />
      ))}
      <TouchButton
        aria-label={t`Keyboard`}
        aria-pressed={typingNow}
        onClick={() => {
          if (typingNow) field.current?.blur()
          else field.current?.focus({ preventScroll: true })
        }}
      >
        <Keyboard aria-hidden="true" />
      </TouchButton>
      <TouchButton
        aria-label={t`Touchpad`}
        aria-pressed={mode === 'touchpad'}
        onClick={() => {
          const next = mode === 'tap' ? 'touchpad' : 'tap'
          rememberMode(next)
          setMode(next)
        }}
      >
        <TouchpadIcon aria-hidden="true" />
      </TouchButton>
      <PopoverButton
        label={t`Gestures`}
        title={mode === 'tap' ? t`Gestures` : t`Touchpad gestures`}
        icon={<CircleQuestionMark />}
        variant="ghost"
        className="h-11! w-full!"
        content={<GestureHelp mode={mode} />}
      />
      {arrows.map(({ named, label, Icon }) => (
        <TouchButton key={named} aria-label={label} onClick={() => key(named)}>
          <Icon aria-hidden="true" />
        </TouchButton>
      ))}
      <TouchField name={name} typing={typing} field={field} onFocus={setTypingNow} />
      {mode === 'touchpad' && layer && <TouchPointer {...{ connection, layer }} />}
    </div>
  )
}
