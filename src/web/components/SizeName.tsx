const isSize = /^[\w-]+\.[\w-]+$/

/**
 * The name of a size, such as `memory.extra-large`: where it has no room it breaks after its family and
 * nowhere else. A `wbr` breaks also where nothing may, so where it has room, hide that (`[&_wbr]:hidden`).
 */
export function SizeName({ name }: { name: string }) {
  if (!isSize.test(name)) return name
  const [family, size] = name.split(/(?<=\.)/)
  return (
    <>
      <span className="whitespace-nowrap">{family}</span>
      <wbr />
      <span className="whitespace-nowrap">{size}</span>
    </>
  )
}
