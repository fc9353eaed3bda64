import { useState } from 'preact/hooks'
import { t } from '../../i18n/i18n'
import { count, oneLine } from '../../model/format'
import styles from './value-tree.module.css'

const text = {
  more: (n: number) => t('data_more', count(n)),
  cut: (length: number) => ` ${t('data_cut', count(length))}`,
}

/** Members of a value that are drawn at once. */
const MEMBERS = 100
/** Characters of a text that are shown; the copy has all. */
const CHARACTERS = 1000
/** Characters of what a closed value is described by. */
const GIST = 80

const isParent = (value: unknown): value is object => typeof value === 'object' && value !== null

function shownText(value: unknown): string {
  if (typeof value !== 'string') return String(value)
  if (value.length <= CHARACTERS) return JSON.stringify(value)
  return JSON.stringify(`${value.slice(0, CHARACTERS)}…`) + text.cut(value.length)
}

/** A closed value in a few words. */
function gist(value: object): string {
  if (Array.isArray(value)) return `Array(${value.length})`
  return `{${oneLine(Object.keys(value).slice(0, 20).join(', '), GIST)}}`
}

interface NodeProps {
  readonly name: string
  readonly value: unknown
  /** The path that is open from the beginning. */
  readonly open: readonly string[]
}

/** A value under its name; what is in it is drawn once it is opened. */
function Node({ name, value, open: [first, ...rest] }: NodeProps) {
  const [open, setOpen] = useState(name === first)
  if (!isParent(value)) {
    return (
      <li role="treeitem" tabIndex={-1} aria-selected={false}>
        <span class={styles.leaf}>
          <span class={styles.name}>{oneLine(name, 100)}</span>:{' '}
          <span class={styles.value} data-type={value === null ? 'null' : typeof value}>
            {shownText(value)}
          </span>
        </span>
      </li>
    )
  }
  return (
    <li role="treeitem" tabIndex={-1} aria-expanded={open} aria-selected={false}>
      <span class={styles.parent} data-open={open} onClick={() => setOpen(!open)}>
        <span class={styles.name}>{oneLine(name, 100)}</span>: <span class={styles.gist}>{gist(value)}</span>
      </span>
      {open && <Members value={value} open={name === first ? rest : []} />}
    </li>
  )
}

function Members({ value, open }: Pick<TreeProps, 'value' | 'open'>) {
  const [limit, setLimit] = useState(MEMBERS)
  const members = Object.entries(value)
  return (
    <ul role="group" class={styles.members}>
      {members.slice(0, limit).map(([name, member]) => (
        <Node key={name} name={name} value={member} open={open} />
      ))}
      {members.length > limit && (
        <li role="treeitem" tabIndex={-1} aria-selected={false}>
          <span class={styles.more} onClick={() => setLimit(limit + MEMBERS)}>
            {text.more(members.length - limit)}
          </span>
        </li>
      )}
    </ul>
  )
}

/** Items of the tree that are drawn, in their order. */
const itemsOf = (tree: HTMLElement) => [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')]

/** Right opens or goes in, Left closes or goes out, Up and Down go on. */
function onKeyDown(event: KeyboardEvent & { readonly currentTarget: HTMLElement }, leave: () => void): void {
  const item = event.target
  if (!(item instanceof HTMLElement) || item.role !== 'treeitem') return
  const items = itemsOf(event.currentTarget)
  const index = items.indexOf(item)
  const open = item.getAttribute('aria-expanded')
  const toggle = () => item.querySelector<HTMLElement>(':scope > span')?.click()
  const parent = item.parentElement?.closest<HTMLElement>('[role="treeitem"]')
  switch (event.key) {
    case 'ArrowDown':
      items[index + 1]?.focus()
      break
    case 'ArrowUp':
      if (index > 0) items[index - 1]?.focus()
      else leave()
      break
    case 'ArrowRight':
      if (open === 'false') toggle()
      else if (open === 'true') items[index + 1]?.focus()
      break
    case 'ArrowLeft':
      if (open === 'true') toggle()
      else if (parent && event.currentTarget.contains(parent)) parent.focus()
      else leave()
      break
    case 'Home':
      items[0]?.focus()
      break
    case 'End':
      items.at(-1)?.focus()
      break
    case 'Enter':
    case ' ':
      toggle()
      break
    default:
      return
  }
  event.preventDefault()
  event.stopPropagation()
}

interface TreeProps {
  readonly label: string
  readonly value: object
  /** The path that is open from the beginning. */
  readonly open: readonly string[]
  /** Gives the focus back to where it came from. */
  readonly leave: () => void
}

/** A value with all that is in it, opened step by step. What comes from a page is drawn as text. */
export function ValueTree({ label, value, open, leave }: TreeProps) {
  return (
    <ul role="tree" aria-label={label} class={styles.tree} onKeyDown={(event) => onKeyDown(event, leave)}>
      {Object.entries(value).map(([name, member]) => (
        <Node key={name} name={name} value={member} open={open} />
      ))}
    </ul>
  )
}
