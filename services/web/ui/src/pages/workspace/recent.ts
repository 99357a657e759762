// The contacts that were handled in this browser, newest first: a few lines of memory for the history page.
export interface RecentContact {
  contactId: string
  number: string
  at: number
}

const KEY = 'trunkline.recent'
const MOST = 50

export function recentContacts(): RecentContact[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as RecentContact[]
  } catch {
    return []
  }
}

export function rememberContact(contact: RecentContact): void {
  const rest = recentContacts().filter((each) => each.contactId !== contact.contactId)
  sessionStorage.setItem(KEY, JSON.stringify([contact, ...rest].slice(0, MOST)))
}
