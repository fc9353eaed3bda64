import { t } from '../../i18n/i18n'
import { askToObserveRequests, observesRequests, stopObservingRequests } from '../../state/request-permission'

const text = {
  label: t('observe_requests'),
  hint: t('observe_requests_hint'),
}

/** Asks for the permission to observe requests, and gives it back. */
export function ObserveSwitch() {
  return (
    <label title={text.hint}>
      <input
        type="checkbox"
        checked={observesRequests.value}
        onChange={async ({ currentTarget }) => {
          await (currentTarget.checked ? askToObserveRequests() : stopObservingRequests())
          // A person may refuse it.
          currentTarget.checked = observesRequests.value
        }}
      />
      {text.label}
    </label>
  )
}
