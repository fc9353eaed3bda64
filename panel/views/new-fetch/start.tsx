import { useEffect, useRef, useState } from 'preact/hooks'
import type { PageAnswer } from '../../../protocol/page-requests'
import { t } from '../../i18n/i18n'
import { needsPermission, startProblem } from '../../model/start-problem'
import { allowAndSubmit, mayAllow } from '../../state/allow-downloads'
import { type NewFetchData, type StartTarget, startAndSelect } from '../../state/new-fetch/start-fetch'
import button from '../button.module.css'
import styles from './start.module.css'

const text = {
  starting: t('repeat_starting'),
  start: t('repeat_start'),
  allow: t('repeat_allow'),
  cancel: t('cancel'),
}

/** The start of a fetch in a dialog. */
export interface Start {
  readonly starting: boolean
  /** The extension may let the site start it without a click. */
  readonly allowed: boolean
  /** What was answered last; null before that. */
  readonly answer: PageAnswer | null
  /** Starts it, unless a start is under way; resolves with whether it has begun. */
  start(target: StartTarget, data: NewFetchData): Promise<boolean>
  /** Asks for the permission, and submits the form as it is then. Call it in a click. */
  allow(form: HTMLFormElement | null): Promise<void>
}

/** Starts fetches for a dialog, one at a time, and remembers what the page answered. */
export function useStart(): Start {
  const [answer, setAnswer] = useState<PageAnswer | null>(null)
  const busy = useRef(false)
  const [starting, setStarting] = useState(false)
  const [allowed, setAllowed] = useState(false)
  useEffect(() => void mayAllow().then(setAllowed), [])

  const start = async (target: StartTarget, data: NewFetchData) => {
    // What is drawn may be older than the start before.
    if (busy.current) return false
    busy.current = true
    setStarting(true)
    const answered = await startAndSelect(target, data)
    busy.current = false
    setStarting(false)
    setAnswer(answered)
    return answered.ok
  }
  const allow = (form: HTMLFormElement | null) => allowAndSubmit(form, setAllowed)
  return { starting, allowed, answer, start, allow }
}

/** What became of the start: why there is none, or that the page was asked. It stands over the buttons, which stay in view. */
export function StartState({ answer, starting }: Pick<Start, 'answer' | 'starting'>) {
  return (
    <>
      <p class={styles.problem} role="alert">
        {answer && !starting ? startProblem(answer) : ''}
      </p>
      <p class={styles.starting} role="status">
        {starting ? text.starting : ''}
      </p>
    </>
  )
}

interface ButtonProps extends Pick<Start, 'answer' | 'allowed' | 'allow'> {
  /** It can't be started. */
  readonly disabled: boolean
  cancel(): void
}

/** The buttons of such a dialog, but for those that it has alone. */
export function StartButtons({ answer, allowed, disabled, allow, cancel }: ButtonProps) {
  return (
    <>
      {answer !== null && needsPermission(answer) && !allowed && (
        <button
          type="button"
          class={button.large}
          onClick={({ currentTarget }) => void allow(currentTarget.form)}
        >
          {text.allow}
        </button>
      )}
      <button type="button" class={button.large} onClick={cancel}>
        {text.cancel}
      </button>
      <button type="submit" class={button.primary} disabled={disabled}>
        {text.start}
      </button>
    </>
  )
}
