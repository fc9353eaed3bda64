import { readFile, rm } from 'node:fs/promises'

export interface Counts {
  passed: number
  failed: number
}

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/**
 * Reads vitest's JSON report, once: it goes, so that no later run takes it for its own. A test file that
 * could not be run at all counts as one failure; no report counts as nothing.
 */
export async function countTests(path: string): Promise<Counts> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  await rm(path, { force: true })
  if (text === undefined) return { passed: 0, failed: 0 }
  const report = JSON.parse(text) as Report
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
}
