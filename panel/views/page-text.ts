import { Fragment, h, options, type VNode } from 'preact'
import { hasFromRight, runsOf, visible } from '../i18n/visible'

/** Attributes that a person reads or hears. */
const READ = ['title', 'aria-label', 'aria-valuetext', 'aria-description', 'alt', 'placeholder'] as const

/** What Preact makes of a text: the public types know elements and components only. */
interface TextNode {
  type: unknown
  props: unknown
}

function showText(node: TextNode, text: string): void {
  const shown = visible(text)
  if (!hasFromRight(shown)) {
    node.props = shown
    return
  }
  // A `bdi` has `unicode-bidi: isolate`. Its text is set by itself, and comes through here no more.
  const children = runsOf(shown).map(({ text, fromRight }, i) =>
    fromRight ? h('bdi', { key: i, textContent: text }) : text,
  )
  node.type = Fragment
  node.props = { children }
}

function showAttributes(props: Record<string, unknown>): void {
  for (const name of READ) {
    const value = props[name]
    if (typeof value === 'string') props[name] = visible(value)
  }
}

/**
 * Makes all text that is drawn from here on visible, and isolates its direction; see `visible()`. Whatever a page
 * calls its fetches, caches and files, and whichever view draws them: it comes through here.
 */
export function showPageText(): void {
  const before = options.vnode
  options.vnode = (vnode: VNode) => {
    const node: TextNode = vnode
    if (typeof node.props === 'string') showText(node, node.props)
    else if (typeof node.type === 'string') showAttributes(vnode.props as Record<string, unknown>)
    before?.(vnode)
  }
}
