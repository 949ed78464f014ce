import { i18n } from '@lingui/core'

// English is the source language and has no catalog. Messages with placeholders were compiled by the
// build (vite.config.ts); the others are plain text.
i18n.setMessagesCompiler((message) => [message])
i18n.load('en', {})
i18n.activate('en')

export { i18n }
