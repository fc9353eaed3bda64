import * as v from 'valibot'
import { MAX_PATTERN, MAX_RULES } from '../audit/evidence/matching'

/** What a file must say that it is. */
export const FORMAT = 'background-fetch-devtools-session'
/** Goes up with every change after which an older reader would refuse a file, or misread it. */
export const VERSION = 1
/** A larger file is not even read, in bytes. */
export const MAX_SIZE = 200_000_000

const short = v.pipe(v.string(), v.maxLength(1000))

/** What says which file it is, before anything else of it is believed. */
export const Mark = v.looseObject({ format: v.literal(FORMAT), version: v.pipe(v.number(), v.integer()) })

/** A name and a version, as `navigator.userAgentData.brands` reports them. */
export const Brand = v.object({ brand: short, version: short })
export type Brand = v.InferOutput<typeof Brand>

/** What was taken out of the file. */
export const Redactions = v.object({ queries: v.boolean(), hosts: v.boolean() })
export type Redactions = v.InferOutput<typeof Redactions>

const pattern = v.pipe(v.string(), v.maxLength(MAX_PATTERN))

/** How IDs become the keys of what belongs to a fetch, by origin. */
export const SiteMatching = v.object({
  storageKey: v.pipe(v.string(), v.maxLength(16_384)),
  rules: v.pipe(v.array(v.object({ pattern, replacement: pattern })), v.maxLength(MAX_RULES)),
})
export type SiteMatching = v.InferOutput<typeof SiteMatching>

/** All of the file but its events. See docs/session-format.md. */
export const Envelope = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  /** Version of the extension that wrote it. */
  extension: short,
  browser: v.array(Brand),
  exportedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** What was looked at, in short: the host of the page. */
  title: short,
  redacted: Redactions,
  /** The developer's matching rules for the origins of the session. */
  matching: v.optional(v.pipe(v.array(SiteMatching), v.maxLength(1000)), []),
})
export type Envelope = v.InferOutput<typeof Envelope>
