/** What was fetched for new machines: looked at and emptied. */
export { LibraryPage } from './LibraryPage.tsx'
