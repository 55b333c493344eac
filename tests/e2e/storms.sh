#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Processes that fork, execute, end, map and start threads without pause, and one with nearly as many
# mappings as there may be, which change: what is shown of them is whole, or one sentence says why
# there is nothing; nothing hangs, and they go on as before.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# run OPTION...: vastop on the target, to its end; sets status, and fills out and err.
run()
{
	timeout $((3 * patience)) "$vastop" "$@" "$target_pid" </dev/null >"$work/out" 2>"$work/err"
	status=$?
}

# What is wrong with a run that may find that the process is gone, or another program each time.
odd_end()
{
	case $status in
	0) [ ! -s "$work/err" ] || cat "$work/err" ;;
	1 | 3) [ "$(wc -l <"$work/err")" = 1 ] && grep -qE "^vastop: (there is no )?process $target_pid\\b" "$work/err" ||
		echo "status $status: $(cat "$work/err")" ;;
	*) echo "status $status: $(cat "$work/err")" ;;
	esac
}

# Whether the JSON in out has mappings that are sorted and disjoint. In execve(2) there is a moment
# when a process has nothing but its stack.
is_whole()
{
	jq -e '
		def hex: ltrimstr("0x") | explode | reduce .[] as $c (0;
			. * 16 + if $c > 96 then $c - 87 else $c - 48 end);
		[.mappings[] | [(.start | hex), (.end | hex)]] |
		length > 0 and . == sort and all(.[0] < .[1]) and
		([.[:-1], .[1:]] | transpose | all(.[0][1] <= .[1][0]))' "$work/out" >/dev/null
}

# The target runs, nobody traces it, and it is the same process.
is_unhurt()
{
	[ "$(sed -n 's/^TracerPid:[[:space:]]*//p' "/proc/$target_pid/status")" = 0 ] &&
		! process_is_in_state "$target_pid" T && ! has_ended "$target_pid"
}

# watch_storm SORT: once in each form, as events, and, where there is tmux, on the screen.
watch_storm()
{
	sort=$1
	target storm "$sort"
	found=
	for _ in 1 2 3; do
		run --once --format=json
		found=$found$(odd_end)
		[ $status != 0 ] || is_whole || found="$found not whole: $(head -c 300 "$work/out")"
	done
	none "$sort: reports are whole" "$found"
	run --once --width=100 --height=30
	none "$sort: a picture" "$(odd_end)"
	run --events --samples=5 --delay=0.02 --format=json
	none "$sort: events" "$(odd_end)"
	check "$sort: they are JSON" jq -e -s 'all(.change != null)' "$work/out"
	if command -v tmux >/dev/null; then
		screen_start 80 24 "$vastop" --delay=0.05 "$target_pid"
		shows "$sort: the screen shows it" "vastop $target_pid " 'address space'
		keys t
		shows "$sort: and its table" 'storm'
		keys Q
		ended "$sort: Q ends it" 0
		restored "$sort: the terminal is as it was"
	fi
	check "$sort: the process is unhurt" is_unhurt
	kill_target
}

for sort in fork exec map thread; do
	watch_storm $sort
done

# As many mappings as there may be: few runs, since each takes its time.
target storm many
run --once --format=csv
none 'many: a report' "$(odd_end)"
check 'many: it has them all' [ "$(wc -l <"$work/out")" -gt 60000 ]
run --once --width=100 --height=30
none 'many: a picture' "$(odd_end)"
run --events --samples=3 --delay=0.1 --format=json
none 'many: events' "$(odd_end)"
if command -v tmux >/dev/null; then
	screen_start 120 40 "$vastop" "$target_pid"
	shows 'many: the screen shows it' "vastop $target_pid " '6[0-9] [0-9]{3} of '
	keys t End
	shows 'many: and the end of its table' 'vsyscall|stack'
	keys Q
	ended 'many: Q ends it' 0
	restored 'many: the terminal is as it was'
fi
check 'many: the process is unhurt' is_unhurt
kill_target

# Each parent ends, each child is another process: one that is watched is soon gone.
rm -f "$work/pids"
mkfifo "$work/pids"
"${top_builddir:?}/tests/targets/storm" exit <"$work/hold" >"$work/pids" 9>&- &
exec 7<"$work/pids"
found=
tried=0
while [ $tried -lt 12 ] && read -r target_pid <&7; do
	tried=$((tried + 1))
	run --once
	found=$found$(odd_end)
done
none 'exit: it is shown, or it is said that it is gone' "$found"
# It ends when nobody reads what it says: by SIGPIPE.
exec 7<&-

# Processes that end while they are watched.
found=
for delay in 0 0.002 0.004 0.008 0.016; do
	target ends
	(
		sleep $delay
		kill -KILL "$target_pid"
	) &
	run --once --format=json
	found=$found$(odd_end)
	wait $!
	wait "$target_pid" 2>/dev/null
done
none 'one that is killed meanwhile is shown, or it is said that it is gone' "$found"
tap_end
