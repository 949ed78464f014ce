import { FoldButton, GroupBox, GroupMenu, type GroupHeadProps } from './GroupHead.tsx'

/** The heading of a group above its cards. */
export function GroupCard(head: GroupHeadProps) {
  return (
    <div className="flex min-w-0 items-center gap-2 px-3 pt-2">
      <GroupBox {...head} />
      <h2 className="min-w-0 grow">
        <FoldButton group={head.group} />
      </h2>
      <GroupMenu {...head} />
    </div>
  )
}
