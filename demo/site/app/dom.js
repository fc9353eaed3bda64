// @ts-check

/**
 * Makes an element. Properties that the element has are set, all others become attributes.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(props)) {
    if (name in element) Object.assign(element, { [name]: value })
    else element.setAttribute(name, String(value))
  }
  element.append(...children)
  return element
}

/**
 * A button; `label` is its accessible name where the visible text alone would not say enough.
 * @param {string} text
 * @param {() => unknown} onclick
 * @param {{ label?: string, className?: string }} [more]
 */
export function button(text, onclick, { label, className = '' } = {}) {
  const element = el('button', { type: 'button', className, onclick }, text)
  if (label) element.setAttribute('aria-label', label)
  return element
}

/**
 * The element with this id; a page without it is a mistake.
 * @param {string} id
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new Error(`The page has no #${id}`)
  return element
}

/**
 * Puts new children into an element and keeps the keyboard focus inside if it was there.
 * @param {HTMLElement} parent
 * @param {...(Node | string)} children
 */
export function swap(parent, ...children) {
  const hadFocus = parent.contains(document.activeElement)
  parent.replaceChildren(...children)
  if (hadFocus) parent.querySelector('button')?.focus()
}
