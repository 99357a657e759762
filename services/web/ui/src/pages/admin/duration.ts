// Seconds as they are typed, as the API wants them.
import { create } from '@bufbuild/protobuf'
import { DurationSchema, type Duration } from '@bufbuild/protobuf/wkt'

export const duration = (value: unknown): Duration => create(DurationSchema, { seconds: BigInt(Math.floor(Number(value) || 0)), nanos: Math.round(((Number(value) || 0) % 1) * 1e9) })
