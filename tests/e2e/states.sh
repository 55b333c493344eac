#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Processes that do not run: stopped, waiting in the kernel for a child of vfork(2), ended. What can be
# shown of them is shown at once, and they stay as they are; and a PID that another process has got.
#
# shellcheck disable=SC2016 # variables of other shells

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# run OPTION...: vastop on the target, to its end; sets status, and fills out and err.
run()
{
	timeout "$patience" "$vastop" "$@" "$target_pid" </dev/null >"$work/out" 2>"$work/err"
	status=$?
}

# shown STATE NAME: reports and the screen show the target, which stays in the state.
shown()
{
	run --once --format=json
	check "$2: a report" jq -e --arg state "$1" '
		.state == $state and (.mappings | length) > 5 and
		any(.mappings[]; .kind == "heap" or .kind == "stack")' "$work/out"
	run --once --width=80 --height=24
	check "$2: a picture" [ $status = 0 ]
	run --events --samples=2 --delay=0.02
	none "$2: events end, and nothing happened" "$(grep -v ' coverage ' "$work/out")$(cat "$work/err")"
	run --check
	check "$2: it is checked" expr " $status " : ' [015] '
	if command -v tmux >/dev/null; then
		screen_start 80 24 "$vastop" "$target_pid"
		shows "$2: the screen shows it" "vastop $target_pid " '\[stack\]'
		keys Q
		ended "$2: Q ends it" 0
	fi
	check "$2: it is as before" process_is_in_state "$target_pid" "$1"
}

target plain
stop_target
shown T 'stopped'
kill_target

# The child has the target's memory and its own PID.
target storm vfork
check 'vfork: the parent waits in the kernel' wait_until process_is_in_state "$target_pid" D
shown D 'vfork'
target_parent=$target_pid
target_pid=$(tr -d ' ' <"/proc/$target_parent/task/$target_parent/children")
run --once --format=json
check 'vfork: the child is shown' jq -e '.state == "S" and (.mappings | length) > 5' "$work/out"
kill -KILL "$target_pid"
target_pid=$target_parent
wait "$target_pid" 2>/dev/null

# A zombie, whose parent never waits for it.
target storm zombie
target_pid=$(tr -d ' ' <"/proc/$target_pid/task/$target_pid/children")
check 'a zombie is there' wait_until process_is_in_state "$target_pid" Z
for form in '--once' '--once --format=json' '--events' '--check' '--locate=heap'; do
	# shellcheck disable=SC2086 # several words
	run $form
	none "zombie, $form: one sentence" "$(
		[ $status = 3 ] || echo "status $status"
		[ "$(grep -c 'has ended' "$work/err")" = 1 ] || echo 'not said that it has ended'
		[ "$(wc -l <"$work/err")" = 1 ] || cat "$work/err"
		cat "$work/out")"
done

# Another process gets the PID while the first one is watched, in a PID namespace of its own.
below='unshare --pid --fork --kill-child --mount-proc'
[ "$(id -u)" -eq 0 ] || below="$below --user --map-root-user"
cat >"$work/reuse" <<'END'
sleep 1000 &
pid=$!
# It sleeps: what it maps before is no change.
until grep -qx sleep "/proc/$pid/comm" && grep -q '^State:.S' "/proc/$pid/status"; do
	sleep 0.02
done
"$vastop" --events --format=json --delay="$1" $2 "$pid" >"$work/out" 2>"$work/err" &
events=$!
until cat "/proc/$events/task"/*/comm 2>/dev/null | grep -qx vastop/sampler; do
	kill -0 $events || exit 1
	sleep 0.02
done
kill -KILL $pid
wait $pid 2>/dev/null
tries=0
while [ $tries -lt 100 ]; do
	echo $((pid - 1)) >/proc/sys/kernel/ns_last_pid || exit 77
	sh -c 'exec sleep 1000' &
	[ $! != $pid ] || break
	kill -KILL $!
	tries=$((tries + 1))
done
[ $tries -lt 100 ] || exit 77
wait $events
status=$?
[ -e /proc/$pid/maps ] || status=78
exit $status
END
export vastop work
for way in '0.02' '1 --avoid=pidfd' '0.1 --avoid=pidfd'; do
	# shellcheck disable=SC2086 # several words
	timeout -k 1 "$patience" $below sh "$work/reuse" $way >"$work/log" 2>&1
	status=$?
	name="--delay=$way: the end of one is told when another has its PID"
	if [ $status = 77 ] || grep -q '^unshare' "$work/log"; then
		skip "$name" "PIDs cannot be chosen here: $(head -n 1 "$work/log")"
		continue
	fi
	none "$name" "$([ $status = 0 ] || echo "status $status: $(cat "$work/err" "$work/log")")"
	check '... and nothing of the other' jq -e -s '
		map(.change | select(. != "coverage")) as $changes |
		if $changes == ["exit"] then true else error($changes | tostring) end' "$work/out"
done
tap_end
