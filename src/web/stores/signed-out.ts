/** Whether the server has said that nobody is signed in, so that the page asks to sign in again. */
import { create } from 'zustand'

export const useSignedOut = create<{ out: boolean }>(() => ({ out: false }))
