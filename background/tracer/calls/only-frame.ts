import * as v from 'valibot'

const Frame = v.object({ securityOrigin: v.string() })
interface Tree {
  readonly frame: v.InferOutput<typeof Frame>
  readonly childFrames?: readonly Tree[] | undefined
}
const Tree: v.GenericSchema<Tree> = v.object({
  frame: Frame,
  childFrames: v.optional(v.array(v.lazy(() => Tree))),
})
const Answer = v.object({ frameTree: Tree })

const isForeign = (securityOrigin: string, origin: string) =>
  /^https?:\/\//.test(securityOrigin) && securityOrigin !== origin

/**
 * Whether the tab's page is of this origin, and all of its frames are of other sites' origins: frames without an origin of their
 * own, such as empty ones, count as the page's.
 *
 * @param answer of CDP's `Page.getFrameTree`
 */
export function isOnlyFrame(answer: unknown, origin: string): boolean {
  const parsed = v.safeParse(Answer, answer)
  if (!parsed.success) return false
  const { frame, childFrames = [] } = parsed.output.frameTree
  const foreign = (tree: Tree): boolean =>
    isForeign(tree.frame.securityOrigin, origin) && (tree.childFrames ?? []).every(foreign)
  return frame.securityOrigin === origin && childFrames.every(foreign)
}
