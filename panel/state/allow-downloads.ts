const permission = { permissions: ['contentSettings'] } satisfies chrome.permissions.Permissions

/** Whether the extension may let a site start fetches without a click. */
export const mayAllow = (): Promise<boolean> => chrome.permissions.contains(permission).catch(() => false)

/** Asks the person for that. Call it in a click. */
export const askToAllow = (): Promise<boolean> => chrome.permissions.request(permission).catch(() => false)

/**
 * Asks the person for that, and submits a form where it is given: what it holds then is sent, not what it held when a
 * start was refused. Call it in a click.
 */
export async function allowAndSubmit(
  form: Pick<HTMLFormElement, 'requestSubmit'> | null,
  answered: (allowed: boolean) => void,
): Promise<void> {
  // Asked in the click, before anything else.
  const allowed = await askToAllow()
  answered(allowed)
  if (allowed) form?.requestSubmit()
}
