#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The stack of every thread is found and named, however it was made and whatever it is merged with.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

program="${top_builddir:?}/tests/targets/stacks"

# Whether the kernel has guard regions and tells of them: both are asked, as versions say little.
has_guard_regions()
{
	"$program" "$work/asked" merged </dev/null >/dev/null 2>&1
}

# Starts the target with its orders coming from descriptor 7 and its answers on descriptor 8.
start_target()
{
	rm -f "$work/orders" "$work/answers" "$work/threads"
	mkfifo "$work/orders" "$work/answers"
	exec 7<>"$work/orders" 8<>"$work/answers"
	"$program" "$work/threads" "$@" <"$work/orders" >"$work/answers" 7>&- 8>&- 9>&- &
	target_pid=$!
	children="$children $target_pid"
	next_answer
	if [ "$answer" != ready ]; then
		echo 'Bail out! tests/targets/stacks did not get ready'
		exit 1
	fi
}

next_answer()
{
	answer=$(timeout "$patience" head -n 1 <&8)
}

snapshot()
{
	"$vastop" --once --format=json --no-smaps "$target_pid" >"$work/snapshot" 2>"$work/err"
}

# shellcheck disable=SC2016 # jq's own
library='
	def number: ltrimstr("0x") | explode | reduce .[] as $c (0;
		. * 16 + if $c >= 97 then $c - 87 else $c - 48 end);
	def pieces: .mappings[] | if .parts then .parts[] else . end;
	def is_stack($tid): .kind == "thread-stack" and .tid == $tid;'

# own_stack TID START END: what the thread was made with is its stack, as a whole.
own_stack()
{
	[ "$(jq --argjson tid "$1" --argjson low "$2" --argjson high "$3" "$library"'
		[pieces | select(is_stack($tid) and (.alternate | not))] |
		length == 1 and (.[0].start | number) == $low and (.[0].end | number) == $high' \
		"$work/snapshot")" = true ] && return
	jq -c --argjson tid "$1" "$library"'[pieces | select(.tid == $tid)]' "$work/snapshot"
	return 1
}

# stack_around TID START END: the same where the C library has a header in front of the memory.
stack_around()
{
	[ "$(jq --argjson tid "$1" --argjson low "$2" --argjson high "$3" "$library"'
		[pieces | select(is_stack($tid))] | length == 1 and
		(.[0].start | number) <= $low and (.[0].end | number) > $high - 4096 and
		(.[0].end | number) <= $high + 8192' "$work/snapshot")" = true ]
}

# lodged TID KIND ALTERNATE: other memory names the thread.
lodged()
{
	[ "$(jq --argjson tid "$1" --arg kind "$2" --argjson alternate "$3" '
		[.mappings[] | select(.kind == $kind) | .stacks // [] | .[] |
			select(.tid == $tid and .alternate == $alternate)] | length' \
		"$work/snapshot")" = 1 ]
}

# alternate TID: there is a stack for signals or fibers beside its own one.
alternate()
{
	[ "$(jq --argjson tid "$1" "$library"'
		[pieces | select(is_stack($tid) and .alternate)] | length' "$work/snapshot")" = 1 ]
}

# A stack pointer is told by a thread that waits: until then, look again.
sees_alternate()
{
	snapshot && alternate "$1"
}

check_thread()
{
	case $1 in
	malloc) check "$1: the stack is found" stack_around "$2" "$3" "$4" ;;
	heap) check 'heap: it stays the heap and names the thread' lodged "$2" heap false ;;
	bss) check 'bss: it stays a bss and names the thread' lodged "$2" bss false ;;
	*) check "$1: the thread's own stack is found" own_stack "$2" "$3" "$4" ;;
	esac
	case $1 in
	fiber | signal) check "$1: the other stack is called so" wait_until sees_alternate "$2" ;;
	fiber-bss) check "$1: the bss names the thread" lodged "$2" bss true ;;
	signal-heap) check "$1: the heap names the thread" lodged "$2" heap true ;;
	esac
}

check_threads()
{
	snapshot
	while read -r name tid start end; do
		check_thread "$name" "$tid" "$start" "$end"
	done <"$work/threads"
}

start_target usual border unguarded unguarded unguarded border mapped border malloc malloc heap \
	bss fiber fiber-bss signal signal-heap
check_threads
kill_target

if ! has_guard_regions; then
	skip 'stacks whose guards are no mapping' 'the kernel has no guard regions'
	tap_end
	exit 0
fi

start_target border merged
check_threads
check 'one stack and its guard are a thread stack' test "$(jq '
	[.mappings[] | select(.parts) | .kind == "thread-stack" and .tid != null and
		([.parts[].kind] == ["guard", "thread-stack"])] == [true]' "$work/snapshot")" = true
kill_target

start_target border merged merged merged
check_threads
check 'three of them are one mapping' test "$(jq '
	[.mappings[] | select(.parts) | .kind == "thread-stack" and .tid == null and
		([.parts[].kind] == ["guard", "thread-stack", "guard", "thread-stack", "guard",
			"thread-stack"])] == [true]' "$work/snapshot")" = true
read -r _ tid start end <"$work/threads"
check '--locate finds each by its thread' test "$(
	"$vastop" --locate="stack:$tid" "$target_pid" | sed -n 's/^mapping *//p'
)" = "$(printf 'thread-stack %d, rw-p, 1.0M, %x-%x' "$tid" "$start" "$end")"
check 'the picture has a band for each' test "$(
	"$vastop" --once --width=100 --height=200 "$target_pid" | grep -c 'thread-stack [0-9]'
)" = 3

start_events()
{
	"$vastop" --events --delay=0.1 "$@" "$target_pid" </dev/null >"$work/events" 2>"$work/err" \
		7>&- 8>&- 9>&- &
	events_pid=$!
	children="$children $events_pid"
	wait_until is_sampling "$events_pid"
}

# order SIGN: as one step for vastop, which is stopped meanwhile.
order()
{
	kill -STOP "$events_pid"
	wait_until process_is_in_state "$events_pid" T
	printf %s "$1" >&7
	next_answer
	kill -CONT "$events_pid"
}

# reports WORDS...: a line of the events has all of them, in this order.
reports()
{
	grep -q "$1" "$work/events"
}

start_events --format=json
order +
tid=$(tail -n 1 "$work/threads" | cut -d ' ' -f 2)
check 'a stack that appears is not said to be growth' wait_until reports \
	"\"mapped\".*\"kind\":\"thread-stack\",\"tid\":$tid"
order -
check 'one that vanishes is not said to be less' wait_until reports \
	"\"unmapped\".*\"kind\":\"thread-stack\",\"tid\":$tid"
none 'and nothing else of that is said' "$(grep '"kind":"anon"' "$work/events")"
kill -KILL "$events_pid"
start_events
order +
tid=$(tail -n 1 "$work/threads" | cut -d ' ' -f 2)
check 'nor in words' wait_until reports "mapped .*thread-stack $tid\$"
kill -KILL "$events_pid"
tap_end
