import { t } from '../i18n/i18n'
import { handlerBelow } from '../state/columns'
import { anySeen, selected } from '../state/session/selection'
import { past } from '../state/session/session'
import { settings } from '../state/settings'
import { SeriesLine } from './abort-series/series-actions'
import { SeriesDialog } from './abort-series/series-dialog'
import { Announcer } from './announcer'
import styles from './app.module.css'
import { CompareDialog } from './compare/compare-dialog'
import { Details } from './details/details'
import { EmptyState } from './empty/empty-state'
import { FetchTable } from './fetch-table/fetch-table'
import { Help } from './help/help'
import { useShortcuts } from './help/shortcuts'
import { Log } from './log/log'
import { ContextMenu } from './menu/context-menu'
import { NewFetchDialog } from './new-fetch/new-fetch-dialog'
import { NotSaved } from './not-saved'
import { NextAborts } from './planned-aborts/next-aborts'
import { PlanDialog } from './planned-aborts/plan-dialog'
import { RepeatDialog } from './repeat/repeat-dialog'
import { DropZone } from './sessions/drop-zone'
import { PastBar } from './sessions/past-bar'
import { Silent } from './silent'
import { useLayout } from './split/layout'
import { Splitter } from './split/splitter'
import { Timeline } from './timeline/timeline'
import { Toast } from './toast/toast'
import { Toolbar } from './toolbar/toolbar'
import { Workers } from './workers/workers'

const text = {
  resizeTable: t('resize_table'),
  resizeTimeline: t('resize_timeline'),
  resizeDetails: t('resize_details'),
}

/** The whole panel: toolbar, live fetches over the log, and the details of what is selected. */
export function App() {
  useShortcuts()
  const layout = useLayout()
  const { fetch } = selected.value
  const across = layout === 'columns'
  const timeline = settings.timeline.value
  // The table's head and a row, above a worker that handles an event.
  const least = handlerBelow.value ? 160 : 150
  const listed = `max(${least}px, ${timeline ? 30 : 45}%)`
  return (
    <div class={styles.app}>
      <Toolbar />
      <PastBar />
      <NotSaved />
      <Silent />
      <Toast />
      <div class={styles.main} style={{ flexDirection: layout === 'stack' ? 'column' : 'row' }}>
        <div
          class={`${styles.stream} ${layout === 'stack' ? styles.above : ''}`}
          style={{ flexDirection: across ? 'row' : 'column' }}
        >
          <div
            class={`${styles.active} ${across ? styles.across : ''}`}
            style={
              across
                ? { width: `${settings.tableWidth.value}px` }
                : { maxHeight: anySeen.value ? listed : '75%' }
            }
          >
            <FetchTable />
            <NextAborts />
            <SeriesLine />
            <EmptyState />
            <Workers />
          </div>
          {across && <Splitter size={settings.tableWidth} of="before" axis="x" label={text.resizeTable} />}
          {timeline && (
            <>
              <div
                class={`${styles.timeline} ${across ? styles.across : ''}`}
                style={
                  across
                    ? { width: `${settings.timelineWidth.value}px` }
                    : { height: `${settings.timelineSize.value}px` }
                }
              >
                <Timeline />
              </div>
              <Splitter
                key={across}
                size={across ? settings.timelineWidth : settings.timelineSize}
                of="before"
                axis={across ? 'x' : 'y'}
                label={text.resizeTimeline}
              />
            </>
          )}
          <div class={styles.log}>
            <Log key={past.value ?? 'tab'} />
          </div>
        </div>
        {fetch && (
          <>
            <Splitter
              size={settings.details}
              axis={layout === 'stack' ? 'y' : 'x'}
              label={text.resizeDetails}
            />
            <div
              class={styles.side}
              style={{ [layout === 'stack' ? 'height' : 'width']: `${settings.details.value}px` }}
            >
              <Details fetch={fetch} />
            </div>
          </>
        )}
      </div>
      <ContextMenu />
      <DropZone />
      <Announcer />
      <Help />
      <PlanDialog />
      <RepeatDialog />
      <NewFetchDialog />
      <SeriesDialog />
      <CompareDialog />
    </div>
  )
}
