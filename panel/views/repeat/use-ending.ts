import { useState } from 'preact/hooks'
import type { Forced } from '../../../protocol/forced-endings'
import type { AbortMoment } from '../../../protocol/planned-aborts'
import { originOfKey } from '../../../protocol/storage-key'
import { t } from '../../i18n/i18n'
import { type EndingName, endingChoices } from '../../model/ending-choices'
import { isLive } from '../../model/session/fetch-phase'
import type { Fetch } from '../../model/session/view'
import { model, revision } from '../../state/session/session'
import { type MomentFields, momentOf, noMoment } from '../planned-aborts/moment-field'

const text = { number: t('plan_number') }

/** The ending that is chosen for a repetition. */
export function useEnding(fetch: Fetch) {
  const [chosen, setChosen] = useState<EndingName>('none')
  const [moment, setMoment] = useState<MomentFields>(() =>
    fetch.attributes.downloadTotal === 0 ? { ...noMoment, kind: 'first-byte' } : noMoment,
  )
  const [problem, setProblem] = useState('')
  const [name] = useState(() => `missing-${crypto.randomUUID().slice(0, 8)}`)
  // Another fetch may begin or end while the dialog is open.
  revision.value
  const origin = originOfKey(fetch.storageKey)
  const choices = endingChoices({
    origin,
    name,
    traced: model().tracer?.state === 'on',
    otherRuns: model().fetches.some((one) => one.storageKey === fetch.storageKey && isLive(one)),
  })
  return {
    problem,
    field: {
      choices,
      chosen,
      moment,
      setMoment,
      choose(ending: EndingName) {
        setProblem('')
        setChosen(ending)
      },
    },
    /** What is chosen; null where it can't be done, which `problem` explains where the choice does not. */
    read(): { readonly forced?: Forced; readonly abortAt?: AbortMoment } | null {
      setProblem('')
      const choice = choices.find(({ ending }) => ending === chosen)
      if (choice?.problem) return null
      if (choice?.forced) return { forced: choice.forced }
      if (chosen !== 'abort') return {}
      const abortAt = momentOf(moment)
      if (!abortAt) setProblem(text.number)
      return abortAt && { abortAt }
    },
  }
}
