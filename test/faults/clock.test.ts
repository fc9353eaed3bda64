import { killBackground } from '../support/background'
import { useBench } from '../support/harness'
import { inExtension } from '../support/trace'
import { testFaults } from './run'

// The clock of its extension's worker is wrong afterwards.
const bench = useBench({ own: true })

testFaults(
  {
    // Contexts that exist keep the clock that they began with; one that starts afterwards has the new one.
    'the clock is set back by an hour and the extension’s worker starts again': {
      onlyInFullRun: true,
      async strike({ host }) {
        await killBackground(host.browser)
        await inExtension(
          host.browser,
          `{
          const hour = 3_600_000
          const { timeOrigin } = performance
          const { now } = Date
          Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin - hour })
          Date.now = () => now() - hour
        }`,
        )
      },
    },
  },
  bench,
)
