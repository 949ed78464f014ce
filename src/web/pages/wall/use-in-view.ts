import { useEffect, useState, type RefObject } from 'react'

/** Whether any of an element can be seen. */
export function useInView(element: RefObject<HTMLElement | null>): boolean {
  const [inView, setInView] = useState(false)
  // The browser tells; where the element is has nothing to do with React.
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
