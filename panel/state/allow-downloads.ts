const permission = { permissions: ['contentSettings'] } satisfies chrome.permissions.Permissions

/** Whether the extension may let a site start fetches without a click. */
export const mayAllow = (): Promise<boolean> => chrome.permissions.contains(permission).catch(() => false)

/** Asks the person for that. Call it in a click. */
export const askToAllow = (): Promise<boolean> => chrome.permissions.request(permission).catch(() => false)
