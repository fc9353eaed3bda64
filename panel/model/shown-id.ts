/**
 * The ID of a fetch as it is shown: in quotation marks where it is empty, or where white space stands at its ends. Nobody would see
 * either.
 */
export const shownId = (id: string): string => (id === '' || id !== id.trim() ? `"${id}"` : id)
