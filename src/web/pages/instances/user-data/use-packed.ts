import { useEffect, useState } from 'react'

import type { UserDataSystem } from '#contract/user-data/systems.ts'

import { byteLength, packUserData } from './encoding.ts'

/** How large user-data is as it will be sent; the plain size until that is known. */
export function usePacked(text: string, system: UserDataSystem = 'cloud-init') {
  const [packed, setPacked] = useState<{ of: string; bytes: number; zipped: boolean }>()
  useEffect(() => {
    let current = true
    const measure = async () => {
      const { bytes, zipped } = await packUserData(text, system)
      if (current) setPacked({ of: text, bytes, zipped })
    }
    void measure()
    return () => {
      current = false
    }
  }, [text, system])
  const plain = byteLength(text)
  return packed?.of === text ? { ...packed, plain } : { bytes: plain, zipped: false, plain }
}
