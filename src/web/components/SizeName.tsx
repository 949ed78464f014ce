const isSize = /^[\w-]+\.[\w-]+$/

/**
 * The name of a size, such as `memory.extra-large`: where it has no room it breaks after its family and
 * nowhere else.
 */
export function SizeName({ name }: { name: string }) {
  if (!isSize.test(name)) return name
  return name.split(/(?<=\.)/).map((part) => (
    <span key={part} className="inline-block">
      {part}
    </span>
  ))
}
