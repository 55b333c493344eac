#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# When the process ends, its last picture stays, under a banner.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

screen_lacks()
{
	! screen_has "$1"
}

target plain
screen_start 80 24 "$vastop" "$target_pid"
shows 'the picture stands' '\[heap\]' '\[stack\]'
kill_target
shows 'a banner says that the process has ended' '(has )?ended'
shows 'the last picture stays' '\[heap\]' '\[stack\]'
keys Down Down Up
shows 'the cursor still moves' '\[heap\]'
keys p
shows 'another process can be chosen, from the top of the list' 'which process' '▸'
check 'the one that ended is not called watched' wait_until screen_lacks watched
keys Escape
shows 'the last picture is still there' 'this is its last picture\. *╭' '\[heap\]'
keys q
ended 'q ends the program with success' 0
restored 'the terminal is as it was'

heap_is_gone()
{
	! screen_has '\[heap\]'
}

target plain
screen_start 80 24 "$vastop" "$target_pid"
shows 'the picture stands again' '\[heap\]' '\[stack\]'
# Into the band on top, which is far from the heap.
keys Home
keys Enter
check 'going in leaves the heap outside' wait_until heap_is_gone
kill_target
shows 'the banner is there while inside' '(has )?ended'
keys BSpace
shows 'going out works after the end' '\[heap\]'
keys q
ended 'q ends the program' 0
restored 'the terminal is as it was after that'
tap_end
