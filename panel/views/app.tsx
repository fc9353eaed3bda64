import { anySeen, selected } from '../state/selection'
import { past } from '../state/session'
import { settings } from '../state/settings'
import { say } from '../words/words'
import { Announcer } from './announcer'
import styles from './app.module.css'
import { Details } from './details/details'
import { EmptyState } from './empty/empty-state'
import { FetchTable } from './fetch-table/fetch-table'
import { Help } from './help/help'
import { useShortcuts } from './help/shortcuts'
import { Lanes } from './lanes/lanes'
import { Log } from './log/log'
import { ContextMenu } from './menu/context-menu'
import { NotSaved } from './not-saved'
import { DropZone } from './sessions/drop-zone'
import { PastBar } from './sessions/past-bar'
import { useLayout } from './split/layout'
import { Splitter } from './split/splitter'
import { Toast } from './toast/toast'
import { Toolbar } from './toolbar/toolbar'
import { Workers } from './workers/workers'

const text = {
  resizeTable: say('resize_table'),
  resizeLanes: say('resize_lanes'),
  resizeDetails: say('resize_details'),
}

/** The whole panel: toolbar, live fetches over the log, and the details of what is selected. */
export function App() {
  useShortcuts()
  const layout = useLayout()
  const { fetch } = selected.value
  const across = layout === 'columns'
  const timeline = settings.lanes.value
  const listed = `max(150px, ${timeline ? 30 : 45}%)`
  return (
    <div class={styles.app}>
      <Toolbar />
      <PastBar />
      <NotSaved />
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
            <EmptyState />
            <Workers />
          </div>
          {across && <Splitter size={settings.tableWidth} of="before" axis="x" label={text.resizeTable} />}
          {timeline && (
            <>
              <div
                class={`${styles.lanes} ${across ? styles.across : ''}`}
                style={
                  across
                    ? { width: `${settings.lanesWidth.value}px` }
                    : { height: `${settings.lanesSize.value}px` }
                }
              >
                <Lanes />
              </div>
              <Splitter
                key={across}
                size={across ? settings.lanesWidth : settings.lanesSize}
                of="before"
                axis={across ? 'x' : 'y'}
                label={text.resizeLanes}
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
    </div>
  )
}
