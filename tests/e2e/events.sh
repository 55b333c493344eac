#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --events reports each change of the address space once, in order, with the right numbers.
#
# The target does one step at a time. vastop is stopped while it does, so that the step is a whole
# for it, and the next step waits until all lines of the last one are there.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# A library that is installed wherever programs run, and that the target does not need.
library=$(sed -n 's|.* \(/.*\)/libc\.so\.6$|\1/libm.so.6|p' /proc/self/maps | head -n 1)
if [ ! -f "$library" ]; then
	skip 'events' 'no libm.so.6 beside libc.so.6'
	tap_end
	exit 0
fi

# What is not said of a change is "-". exec and exit know no ranges.
# shellcheck disable=SC2016 # jq's own
normal='
	def known: if . == null or . == "0x0" or . == "" then "-" else . end;
	def now: [.start, .end | known];
	def before: [.old_start, .old_end | known];
	def sizes: [.size, .delta | tostring];
	if .change == "exec" or .change == "exit" then [.change]
	elif .change == "mapped" then [.change] + now + ["-", "-"] + sizes + [.perms, "-", .name]
	elif .change == "unmapped" then
		[.change, "-", "-"] + before + sizes + ["-", .old_perms, .name]
	else [.change] + now + before + sizes + [.perms, .old_perms, .name]
	end | join(" ")'

start_target()
{
	target_changes "$library"
}

# start_events OPTION...
start_events()
{
	: >"$work/events"
	: >"$work/expected"
	"$vastop" --events --format=json "$@" "$target_pid" \
		</dev/null >"$work/events" 2>"$work/err" 7>&- 8>&- 9>&- &
	events_pid=$!
	children="$children $events_pid"
	if ! wait_until is_sampling "$events_pid"; then
		echo "Bail out! vastop --events does not start: $(cat "$work/err")"
		exit 1
	fi
}

# What may be missed on a slow machine is said in between, and is no step.
all_reported()
{
	[ "$(grep -vc '"coverage"' "$work/events")" -ge "$(wc -l <"$work/expected")" ]
}

# step NAME [NUMBER]: sets start and end to what was changed.
step()
{
	kill -STOP "$events_pid"
	wait_until process_is_in_state "$events_pid" T
	echo "$*" >&7
	next_answer
	# shellcheck disable=SC2086 # three words
	set -- $answer
	if [ "${1-}" != 'done' ]; then
		echo "Bail out! tests/targets/changes did not do the step: '$answer'"
		exit 1
	fi
	start=0x$2
	end=0x$3
}

# expect CHANGE START END OLD_START OLD_END DELTA PERMS OLD_PERMS NAME
expect()
{
	case $1 in
	unmapped) size=$(($5 - $4)) ;;
	*) size=$(($3 - $2)) ;;
	esac
	echo "$1 $2 $3 $4 $5 $size $6 $7 $8 ${9-}" >>"$work/expected"
}

# Lets vastop see the step, and waits for what it has to say.
see()
{
	kill -CONT "$events_pid"
	wait_until all_reported ||
		waited_in_vain "step $1" "not reported: $(tail -n 1 "$work/expected")"
}

mapped()
{
	expect mapped "$start" "$end" - - $((end - start)) rw-p - ''
}

# unmapped START END [PERMS]
unmapped()
{
	expect unmapped - - "$1" "$2" $(($1 - $2)) - "${3:-rw-p}" ''
}

# The range of the heap before a step.
find_heap()
{
	# shellcheck disable=SC2046 # two words
	set -- $(sed -n 's/^\([0-9a-f]*\)-\([0-9a-f]*\) .*\[heap\]$/\1 \2/p' "/proc/$target_pid/maps")
	heap_start=0x$1
	heap_end=0x$2
}

# heap BYTES: as one step.
heap()
{
	find_heap
	step heap "$1"
	if [ "$1" -gt 0 ]; then
		expect grew "$heap_start" "$end" "$heap_start" "$heap_end" "$1" rw-p rw-p '[heap]'
	else
		expect shrank "$heap_start" "$start" "$heap_start" "$heap_end" "$1" rw-p rw-p \
			'[heap]'
	fi
	see "heap $1"
}

block_steps()
{
	step map
	mapped
	see map
	block=$start
	old_end=$end
	step unmap-end 262144
	expect shrank "$block" "$start" "$block" "$old_end" -262144 rw-p rw-p ''
	see unmap-end
	block_end=$start
	step unmap-middle 131072
	unmapped "$start" "$end"
	see unmap-middle
	hole=$start
	hole_end=$end
	step unmap
	unmapped "$block" "$hole"
	unmapped "$hole_end" "$block_end"
	see unmap
}

# protect NUMBER PERMS OLD_PERMS: the number is that of mprotect(2).
protect()
{
	step protect "$1"
	expect protected "$start" "$end" "$start" "$end" 0 "$2" "$3" ''
	see "protect $2"
}

code_steps()
{
	step map-code
	mapped
	see map-code
	protect 1 r--p rw-p
	protect 5 r-xp r--p
	protect 7 rwxp r-xp
	code=$start
	code_end=$end
	step protect-part 0
	expect protected "$start" "$end" "$code" "$code_end" 0 ---p rwxp ''
	see 'protect-part ---p'
	step protect-part 7
	expect protected "$start" "$end" "$start" "$end" 0 rwxp ---p ''
	see 'protect-part rwxp'
	step unmap-code
	unmapped "$start" "$end" rwxp
	see unmap-code
}

moving_steps()
{
	step map-moving
	mapped
	see map-moving
	old_start=$start
	old_end=$end
	step remap 1048576
	expect grew "$start" "$end" "$old_start" "$old_end" 1048576 rw-p rw-p ''
	see remap
	old_end=$end
	step move
	expect moved "$start" "$end" "$old_start" "$old_end" 0 rw-p rw-p ''
	see move
}

thread_steps()
{
	step thread
	mapped
	see thread
	step thread-end
	unmapped "$start" "$end"
	see thread-end
}

# START END PERMS of each mapping of the library.
library_mappings()
{
	sed -n "s|^\([0-9a-f]*\)-\([0-9a-f]*\) \(....\) .*/${library##*/}\$|0x\1 0x\2 \3|p" \
		"/proc/$target_pid/maps"
}

library_steps()
{
	step dlopen
	library_mappings >"$work/library"
	path=$(sed -n "s|.* \(/.*/${library##*/}\)\$|\1|p" "/proc/$target_pid/maps" | head -n 1)
	while read -r from to perms; do
		expect mapped "$from" "$to" - - $((to - from)) "$perms" - "$path"
	done <"$work/library"
	see dlopen
	step dlclose
	while read -r from to perms; do
		expect unmapped - - "$from" "$to" $((from - to)) - "$perms" "$path"
	done <"$work/library"
	see dlclose
}

# differences: between what was expected and what was reported, each line counted.
differences()
{
	jq -r "select(.change != \"coverage\") | $normal" "$work/events" >"$work/reported" 2>&1
	diff -u "$work/expected" "$work/reported"
}

# differs STATUS: how the end of vastop differs from one with that status and no words.
differs()
{
	[ "$status" -eq "$1" ] || echo "exit status $status"
	cat "$work/err"
}

# whole_life NAME OPTION...
whole_life()
{
	name=$1
	shift
	start_target
	start_events "$@"
	heap 1048576
	heap 65536
	heap -131072
	block_steps
	code_steps
	moving_steps
	thread_steps
	library_steps
	# Nothing is to be said of a fork: the steps behind it would not be in order.
	step fork
	see fork
	step exec
	echo exec >>"$work/expected"
	see exec
	heap 4096
	echo exit >>"$work/expected"
	echo 'exit 3' >&7
	wait_for "$events_pid"
	none "$name: it ends with the target, with success" "$(differs 0)"
	none "$name: each change is reported once, in order, with its numbers" "$(differences)"
	wait_for "$target_pid"
	exec 7>&- 8>&-
}

whole_life 'as it is'
# shellcheck disable=SC2016 # jq's own
check 'each line is an object with all fields' jq -e -n '
	["time", "change", "start", "end", "old_start", "old_end", "size", "delta", "perms",
		"old_perms", "name", "kind"] as $fields |
	[inputs | . as $event | $fields - keys | . == []] | length > 20 and all' "$work/events"
none 'each line is as its schema says' "$(schema_faults event "$work/events")"
check 'times are in order' jq -e -n '[inputs.time] | . == sort' "$work/events"
check 'the heap is called one' jq -e -s '
	[.[] | select(.name == "[heap]") | .kind] | length == 4 and all(. == "heap")' "$work/events"
whole_life 'without newer interfaces' --avoid=procmap-query,pidfd

# For people; and the ways to end.
start_target
begin=$(date +%s%N)
"$vastop" --events --samples=3 --delay=0.2 "$target_pid" >"$work/events" 2>"$work/err" 9>&-
status=$?
none 'so many intervals of an idle process show no change' "$(differs 0
	grep -v ' coverage ' "$work/events")"
check '... and take as long' [ $((($(date +%s%N) - begin) / 1000000)) -ge 600 ]
mkfifo "$work/reader"
timeout "$patience" head -n 1 <"$work/reader" >"$work/line" 7>&- 8>&- 9>&- &
reader=$!
"$vastop" --events "$target_pid" </dev/null >"$work/reader" 2>"$work/err" 7>&- 8>&- 9>&- &
events_pid=$!
children="$children $events_pid"
wait_until is_sampling "$events_pid"
echo 'heap 1048576' >&7
wait "$reader"
check 'a line for people says what grew and by how much' grep -qE 'heap.*1\.0M|1\.0M.*heap' \
	"$work/line"
wait_for "$events_pid"
none 'it ends when nobody reads any more, with success and without a word' "$(differs 0)"
"$vastop" --events "$target_pid" </dev/null >"$work/events" 2>"$work/err" 7>&- 8>&- 9>&- &
events_pid=$!
children="$children $events_pid"
wait_until is_sampling "$events_pid"
# The shell starts what is in the background with SIGINT ignored; SIGTERM it is.
kill -TERM "$events_pid"
wait_for "$events_pid"
none 'a signal ends it, as that signal' "$(differs 143)"
if [ -c /dev/full ]; then
	"$vastop" --events "$target_pid" </dev/null >/dev/full 2>"$work/err" 7>&- 8>&- 9>&- &
	events_pid=$!
	children="$children $events_pid"
	wait_until is_sampling "$events_pid"
	echo 'heap 1048576' >&7
	wait_for "$events_pid"
	none 'a full disk is told' "$([ "$status" -eq 1 ] && grep -q 'standard output' "$work/err" ||
		echo "exit status $status: $(cat "$work/err")")"
fi
tap_end
