#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Two address spaces side by side on the screen: a process and its baseline, and --diff in a
# terminal of processes, snapshots in JSON and recordings.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux jq

# 12 differ, 34 the same: the first number; empty before it is there.
differ()
{
	screen | sed -n 's/.* \([0-9 ]*\) differ, .*/\1/p' | tr -d ' '
}

some_differ()
{
	[ "$(differ)" -gt 0 ] 2>/dev/null
}

target plain
first=$target_pid
# It loads none.
target_changes none
second=$target_pid
"$vastop" --once --format=json "$second" >"$work/before.json" 2>"$work/err"

screen_start 120 40 "$vastop" --delay=0.1 "$second"
shows 'the process is there' '\[heap\]'
keys D
shows 'it is compared with its baseline' 'side by side' 'a baseline, [0-9]' 'b now, [0-9]' \
	'0 differ'
echo 'heap 1048576' >&7
next_answer
check 'what grew is seen beside what it was' wait_until some_differ
keys m
shows 'with a new baseline nothing is different' ' 0 differ'
keys D
shows 'the picture is back' 'log  ×1'
keys q
ended 'q quits' 0
restored 'the terminal is as it was'

screen_start 120 40 "$vastop" --diff before.json "$second"
shows 'a snapshot is compared with the process' 'a [0-9:]*, before.json' 'b now, ' 'grew from|\+'
keys q q q
ended 'q quits there, too'
restored '... and the terminal is as it was'

screen_start 80 24 "$vastop" --diff "$second" before.json
shows 'the process is compared with the snapshot' "a [0-9:]*, $second" 'b shown, ' 'paused'
keys .
shows 'a snapshot has no other sample' 'only this sample'
keys '}'
shows '... whatever is asked for' 'only this sample'
keys q q q
ended '... which q leaves'

screen_start 80 24 "$vastop" --diff "$first" "$second"
shows 'two processes are compared' 'side by side' 'differ, [0-9]+ the same'
keys q q q
ended '... which q leaves, too'

screen_start 80 24 "$vastop" --once --diff "$first" "$second"
ended 'with --once there is no screen' 0
shows '... but text' 'same in both'
screen_start 80 24 "$vastop" --diff missing.rec "$second"
ended 'without a side there is no screen' 2
shows '... but a sentence' 'missing.rec'
screen_start 80 24 "$vastop" --diff "$second" 2147483647
ended 'nor without the other one' 3

if command -v gdb >/dev/null && timeout "$patience" gdb -q -batch -p "$second" \
	-ex "generate-core-file $work/core" </dev/null >"$work/out" 2>&1 && [ -s "$work/core" ]; then
	screen_start 120 40 "$vastop" --diff core "$second"
	shows 'a core file is compared with its process' 'a [0-9:]*, core' 'b now, '
	keys q q q
	ended '... which q leaves'
	screen_start 120 40 "$vastop" --diff before.json core
	shows 'a core file is compared with what was before' 'a [0-9:]*, before.json' 'b shown, '
	keys q q q
	ended '... which q leaves, too'
else
	skip 'a core file is compared' 'no core file: gdb cannot make it'
fi

if "$vastop" --events --samples=3 --delay=0.05 --record="$work/after.rec" "$second" \
	>"$work/out" 2>"$work/err" 9>&-; then
	screen_start 120 40 "$vastop" --diff before.json after.rec
	shows 'a recording is held at its last sample' 'b shown, ' 'paused' 'differ'
	keys ,
	shows '... and can be moved' 'b shown, '
	keys q q q
	ended '... which q leaves as well'
else
	skip 'a recording is compared' "$(cat "$work/err")"
fi
tap_end
