/** Describes the settings of OpenTelemetry that Vedette reads itself, and what each of them may be (env.ts). */
import * as v from 'valibot'

/** Where traces are sent. */
export type TelemetrySettings = {
  url: string
  protocol: 'http/protobuf' | 'http/json'
  /** What the service is called in the traces. */
  serviceName: string
}

const address = v.optional(v.pipe(v.string(), v.regex(/^https?:\/\/[^\s/?#@]+[^\s?#]*$/)))

/** What each setting must be, and how a wrong one is named. */
export const telemetryRules = {
  OTEL_EXPORTER_OTLP_ENDPOINT: [
    address,
    'the http:// or https:// address of an OpenTelemetry collector',
  ],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: [
    address,
    'the http:// or https:// address to which traces are sent',
  ],
  OTEL_EXPORTER_OTLP_PROTOCOL: [
    v.optional(v.picklist(['http/protobuf', 'http/json']), 'http/protobuf'),
    'http/protobuf or http/json',
  ],
  OTEL_SERVICE_NAME: [
    v.optional(v.pipe(v.string(), v.regex(/^[^\p{C}]{1,100}$/u)), 'vedette'),
    'a name of 1 to 100 characters',
  ],
  OTEL_SDK_DISABLED: [v.optional(v.picklist(['true', 'false']), 'false'), 'true or false'],
} as const

/** The values of `name=value,name=value`, which may be tokens, as they are set and as they are sent. */
export const headerValues = (text: string): string[] =>
  text.split(',').flatMap((header) => {
    const value = header.slice(header.indexOf('=') + 1).trim()
    try {
      return [value, decodeURIComponent(value)]
    } catch {
      return [value]
    }
  })

/** The address for traces: its own, or the collector's with the path that the protocol gives them. */
export function tracesUrl(own: string | undefined, collector: string | undefined) {
  return own ?? (collector && `${collector.replace(/\/$/, '')}/v1/traces`)
}
