/** A film of a screen, as a file; loaded when a person first records one. */
import type { Row } from '../api/inventory.ts'
import type { ConsoleConnection } from '../screen/connection.ts'
import { startFilm } from '../screen/recording/film.ts'
import { saveFile } from '../ui/save-file.ts'
import { fileName } from './file-name.ts'

/** Starts one, if there is an image; returns a function that stops and saves it. */
export function filmToFile(
  connection: ConsoleConnection,
  row: Row,
): (() => Promise<void>) | undefined {
  const film = startFilm(connection)
  const name = fileName(row, new Date(), 'webm')
  return film && (async () => saveFile(name, await film.stop()))
}
