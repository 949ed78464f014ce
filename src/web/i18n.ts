import { i18n } from '@lingui/core'

// English is the source and has no catalogue. What needs compiling was compiled by the build
// (vite.config.ts); the rest is text as it stands.
i18n.setMessagesCompiler((message) => [message])
i18n.load('en', {})
i18n.activate('en')

export { i18n }
