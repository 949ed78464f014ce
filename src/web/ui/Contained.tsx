import { Component, type ReactNode } from 'react'

type ContainedProps = {
  children: ReactNode
  /** What stands in its place when it fails. */
  instead: ReactNode
  /** Another one, and it is tried again. */
  about?: string
}

/** What fails in here, or can't be loaded, takes nothing around it along. */
export class Contained extends Component<
  ContainedProps,
  { failed: boolean; about: string | undefined }
> {
  override state = { failed: false, about: this.props.about }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  static getDerivedStateFromProps(
    { about }: ContainedProps,
    state: { about: string | undefined },
  ) {
    return about === state.about ? null : { failed: false, about }
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children
  }
}
