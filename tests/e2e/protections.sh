#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# --events sees each change of a protection that lasts for some intervals, however little of it the
# kernel's counters show.
#
# Time is counted in turns of the thread that samples: how often it went to sleep. A protection
# stands until its event is there, but no longer than some turns, which are far less than the
# second in which a full list is taken in any case.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# The beats of 8 intervals: a turn is at least one of 10 ms.
turns_max=40

# Of the busiest thread but the main one.
turns()
{
	for thread in "/proc/$events_pid/task"/*; do
		[ "${thread##*/}" = "$events_pid" ] ||
			sed -n 's/^voluntary_ctxt_switches:[[:space:]]*//p' "$thread/status"
	done | sort -n | tail -n 1
}

has_changed()
{
	[ "$(grep -c '"protected"' "$work/events")" -ge "$1" ]
}

seen_or_over()
{
	has_changed "$1" || [ $(($(turns) - turns_before)) -ge $turns_max ]
}

# order STEP [NUMBER]
order()
{
	echo "$*" >&7
	next_answer
	case $answer in
	'done '*) ;;
	*)
		echo "Bail out! tests/targets/changes did not do the step: '$answer'"
		exit 1
		;;
	esac
}

name_of()
{
	case $1 in
	0) echo ---p ;;
	1) echo r--p ;;
	3) echo rw-p ;;
	5) echo r-xp ;;
	7) echo rwxp ;;
	esac
}

# protections_are_seen NAME OPTION...
protections_are_seen()
{
	name=$1
	shift
	target_changes /none
	order map-code
	: >"$work/events"
	: >"$work/expected"
	"$vastop" --events --format=json --delay=0.05 --budget=100 "$@" "$target_pid" \
		</dev/null >"$work/events" 2>"$work/err" 7>&- 8>&- 9>&- &
	events_pid=$!
	children="$children $events_pid"
	wait_until is_sampling "$events_pid"
	before=3
	count=0
	# Each change from not executable to executable and back that there is.
	for now in 5 1 5 3 5 0 5 7 1 7 3 7 0 7; do
		order protect $now
		turns_before=$(turns)
		count=$((count + 1))
		echo "$(name_of $before) $(name_of $now)" >>"$work/expected"
		wait_until seen_or_over $count
		before=$now
	done
	kill -TERM "$events_pid"
	wait_for "$events_pid"
	jq -r 'select(.change == "protected") | .old_perms + " " + .perms' "$work/events" \
		>"$work/seen"
	none "$name" "$(diff -u "$work/expected" "$work/seen"; cat "$work/err")"
	exec 7>&- 8>&-
	kill_target
}

protections_are_seen 'each protection that stands for some intervals is seen'
protections_are_seen '... without newer interfaces' --avoid=procmap-query,pidfd
tap_end
