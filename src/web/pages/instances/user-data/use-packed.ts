import { useEffect, useState } from 'react'

import { byteLength, packUserData } from './encoding.ts'

/** The size of user data as it will be sent; the plain size until that is known. */
export function usePacked(text: string, isWindows = false) {
  const [packed, setPacked] = useState<{ of: string; bytes: number; zipped: boolean }>()
  useEffect(() => {
    let current = true
    const measure = async () => {
      const { bytes, zipped } = await packUserData(text, isWindows)
      if (current) setPacked({ of: text, bytes, zipped })
    }
    void measure()
    return () => {
      current = false
    }
  }, [text, isWindows])
  const plain = byteLength(text)
  return packed?.of === text ? { ...packed, plain } : { bytes: plain, zipped: false, plain }
}
