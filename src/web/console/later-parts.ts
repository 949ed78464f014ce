/** What `later.ts` loads, all in one file. */
export { AboveScreen } from './AboveScreen.tsx'
export { CtrlAltDelDialog } from './CtrlAltDelDialog.tsx'
export { Trouble } from './notice/Trouble.tsx'
export { RunningInstances } from './RunningInstances.tsx'
export { screenMenu } from './screen-menu.ts'
export { toolMenu } from './tool-menu.ts'
export { ToolPanel } from './ToolPanel.tsx'
