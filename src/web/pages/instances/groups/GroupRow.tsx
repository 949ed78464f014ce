import { FoldButton, GroupBox, GroupMenu, type GroupHeadProps } from './GroupHead.tsx'

const cellClass = 'h-row border-b border-border bg-hover px-cell py-0'

/** The heading of a group as a row of the grid, which has `columns` between its boxes and its menus. */
export function GroupRow({
  index,
  columns,
  ...head
}: GroupHeadProps & { index: number; columns: number }) {
  return (
    <tr data-row-key={head.group.key} aria-rowindex={index + 2}>
      <td className={`${cellClass} pe-0`}>
        <GroupBox {...head} />
      </td>
      <th
        scope="rowgroup"
        colSpan={columns}
        className={`${cellClass} text-left font-normal`}
      >
        <FoldButton group={head.group} />
      </th>
      <td className={`${cellClass} ps-0 text-right`}>
        <GroupMenu {...head} />
      </td>
    </tr>
  )
}
