/** Says why a file can't be opened as a recording. */
import { useLingui } from '@lingui/react/macro'

import { formatBytes } from '../../components/format.ts'
import { NotAScreenFile, type ScreenFileFault } from '../../screen/recording/screen-file.ts'

export function useFileWords(): (fileName: string, error: unknown) => string {
  const { t } = useLingui()
  const words = (fileName: string, fault: ScreenFileFault) => {
    switch (fault.code) {
      case 'too-large': {
        const limit = formatBytes(fault.mostBytes)
        return t`Can’t open ${fileName}. The unpacked file is larger than ${limit}.`
      }
      case 'damaged':
        return t`Can’t open ${fileName}. The file is damaged or isn’t a recording.`
      case 'not-a-recording':
        return t`Can’t open ${fileName}. The file isn’t a recording.`
      case 'newer':
        return t`Can’t open ${fileName}. The file was created by a newer version of Vedette.`
      case 'unreadable-header':
        return t`Can’t open ${fileName}. The file header can’t be read.`
      case 'incomplete-header':
        return t`Can’t open ${fileName}. The file header is incomplete.`
      case 'cut-off':
        return t`Can’t open ${fileName}. The file is incomplete.`
    }
  }
  return (fileName, error) =>
    error instanceof NotAScreenFile
      ? words(fileName, error.fault)
      : t`Can’t open ${fileName}.`
}
