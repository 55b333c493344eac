#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A process whose main thread has ended looks like a zombie, but lives: it is shown.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"

once()
{
	timeout "$patience" "$vastop" --once "$@" "$target_pid" </dev/null >"$work/out"
}

target leader_gone
check 'the main thread is gone' process_is_in_state "$target_pid" Z
check 'the picture succeeds' once
check 'the picture shows the heap' grep -q '\[heap\]' "$work/out"
check 'the picture shows the stack' grep -q '\[stack\]' "$work/out"
check 'JSON succeeds' once --format=json
if command -v jq >/dev/null; then
	check 'JSON has the mappings that the other thread has' sh -c "
		[ \"\$(jq '.mappings | length' '$work/out')\" = \
			\"\$(cat /proc/$target_pid/task/[0-9]*/maps | wc -l)\" ]"
else
	skip 'JSON has the mappings that the other thread has' 'jq not found'
fi
if command -v tmux >/dev/null; then
	screen_start 80 24 "$vastop" "$target_pid"
	shows 'the screen shows it' "$target_pid" '\[heap\]' '\[stack\]'
	keys q
	ended 'q ends the program' 0
else
	skip 'the screen shows it' 'tmux not found'
fi
tap_end
