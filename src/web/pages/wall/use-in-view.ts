import { useEffect, useState, type RefObject } from 'react'

/** Whether any of an element can be seen. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  // The browser reports whether the element is visible, outside React.
  useEffect(() => {
    if (!element.current) return
    const observer = new IntersectionObserver((entries) => {
      setInView(entries.at(-1)?.isIntersecting ?? false)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return inView
}
