// npm run test:hostile: hostile pages and workers at full scale, which takes a good while.
import { runTool } from './test/tool'

process.env.TESTS = 'full'
process.exitCode = (await runTool('vitest', ['run', '--project=browser*', 'test/hostile/'])) ? 0 : 1
