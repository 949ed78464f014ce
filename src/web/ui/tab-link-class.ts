/** For the links inside `TabLinks`; the router's NavLink sets `aria-current` itself. */
export const tabLinkClass =
  'relative inline-flex h-9 items-center gap-1.5 rounded-sm px-1 text-sm font-medium whitespace-nowrap text-muted no-underline -outline-offset-2 hover:text-text aria-[current=page]:text-text after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 aria-[current=page]:after:bg-accent-fill forced-colors:aria-[current=page]:after:bg-[Highlight] pointer-coarse:h-11'
