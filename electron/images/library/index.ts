/** The images that were fetched, kept in one folder of this person's. */
export { isInLibrary, libraryByEntry, partialFolder } from './files.ts'
export { changeAbout, imageVersion, readAbout, type About } from './about.ts'
export { libraryImages, neededBy, removeImages } from './list.ts'
