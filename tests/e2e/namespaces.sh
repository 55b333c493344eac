#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A procfs of another PID namespace: processes are those that its numbers mean, and "exit" is
# reported when the process exits, whatever becomes of one that has the same number here.
#
# shellcheck disable=SC2016,SC2086 # variables of other shells; $below is several words

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq unshare timeout

# The fresh files for output.
TMPDIR=$work/fresh
export TMPDIR
mkdir "$TMPDIR"
# A name of its own, which no other process has.
own_name=below-$$
cp "$vastop" "$work/$own_name"
export vastop work patience

# Runs a command as the first process of a PID namespace below.
below='unshare --pid --fork --kill-child'
[ "$(id -u)" -eq 0 ] || below="$below --user --map-root-user"

if ! $below --mount-proc true 2>/dev/null; then
	skip 'other namespaces' 'unshare is not permitted here'
	tap_end
	exit 0
fi

# run COMMAND...: to its end; sets status, and fills out and err, without what the sanitizer of leaks
# says of a thread that ends while it looks.
run()
{
	timeout -k 1 "$patience" "$@" </dev/null >"$work/out" 2>"$work/all" 9>&-
	status=$?
	grep -v '^==[0-9]*==Running thread [0-9]* was not suspended' "$work/all" >"$work/err"
}

# differences STATUS PATTERN: what is not so about the last run.
differences()
{
	[ "$status" -eq "$1" ] || echo "exit status $status instead of $1"
	[ "$(wc -l <"$work/err")" -eq 1 ] && grep -qE -- "$2" "$work/err" ||
		echo "on stderr, not one line with '$2': $(cat "$work/err")"
}

json()
{
	jq -e "$@" "$work/out"
}

shell=$(readlink -f "$(command -v sh)")

# Below, where /proc is that of the namespace above.
for depth in 1 2 3; do
	set -- "$vastop" --events --format=json -- sh -c 'exit 3'
	[ $depth -lt 3 ] || set -- unshare --pid --fork "$@"
	[ $depth -lt 2 ] || set -- unshare --pid --fork "$@"
	run $below "$@"
	none "$depth below, the end of a command is told" \
		"$(differences 0 'sh ended with status 3; it wrote nothing\.')"
	check '... and its exit is the last event' json -s --arg name "$shell" '
		(map(.change) | index("exit") == length - 1) and last.name == $name'
done
run $below "$vastop" --avoid=pidfd --events --format=json -- sh -c 'exit 3'
none 'without pidfd, the end of a command is told' \
	"$(differences 0 'sh ended with status 3; it wrote nothing\.')"
check '... and its exit is the last event' json -s --arg name "$shell" '
	(map(.change) | index("exit") == length - 1) and last.name == $name'
run $below "$work/$own_name" --once "$own_name"
none 'it does not find itself' "$(differences 2 'no process has that name')"

# below_is_sampling PID: whether vastop, which unshare(1) of that PID runs, has begun.
below_is_sampling()
{
	below_pid=$(cat "/proc/$1/task/$1/children") && is_sampling "${below_pid% }"
}

# A process from above, whose number is not one of the namespace.
if [ "$(id -u)" -eq 0 ]; then
	target plain
	run $below "$vastop" --once --format=json "$target_pid"
	check 'a process of the namespace above is shown' json --argjson pid "$target_pid" \
		'.pid == $pid and .comm == "plain" and (.mappings | length) > 10'
	$below "$vastop" --events --format=json "$target_pid" >"$work/out" 2>"$work/err" 9>&- &
	events_pid=$!
	children="$children $events_pid"
	wait_until below_is_sampling "$events_pid" 2>/dev/null
	kill_target
	wait_for "$events_pid"
	check 'its exit is reported' json -s 'length > 0 and (last | .change == "exit")'
else
	# ptrace(2): capabilities in a user namespace do not count for processes above it.
	skip 'a process of the namespace above' 'only root may read one'
fi

# Two processes with one number: one here, and one in a namespace below, whose procfs is read. That
# one still becomes another program after the end of the former.
mkfifo "$work/gate"
cat >"$work/inner" <<'END2'
sh -c 'read -r line; exec sleep 1000' <"$work/gate" &
echo $! >"$work/inner-pid"
wait
END2
cat >"$work/middle" <<'END2'
sleep 1000 &
here=$!
unshare --pid --fork --kill-child --mount-proc sh "$work/inner" 2>/dev/null &
middle=$!
exec 8>"$work/gate"
until [ -s "$work/inner-pid" ]; do sleep 0.05; done
there=$(cat "$work/inner-pid")
first=$(cat "/proc/$middle/task/$middle/children")
root=/proc/${first% }/root/proc
[ "$here" -eq "$there" ] || echo "the numbers differ: $here, $there" >&2
"$vastop" --events --format=json --delay=0.05 --procfs="$root" "$there" >"$work/out" &
events=$!
until cat "/proc/$events/task"/*/comm 2>/dev/null | grep -qx vastop/sampler; do
	kill -0 $events || exit 1
	sleep 0.05
done
kill -KILL "$here"
wait "$here" 2>/dev/null
echo >&8
until grep -q '"exec"\|"exit"' "$work/out"; do sleep 0.05; done
kill -KILL $(cat "/proc/${first% }/task/${first% }/children")
wait "$events"
END2
run $below --mount-proc sh "$work/middle"
none 'a procfs of a namespace below is watched' "$(
	[ "$status" -eq 0 ] || echo "exit status $status"
	cat "$work/err")"
check 'the end of another process with its number is not its exit' json -s '
	any(.change == "exec")'
check 'its exit is the last event' json -s 'map(.change) | index("exit") == length - 1'

# A /proc where this program has no number.
cat >"$work/first" <<'END2'
mount -t proc proc /proc
END2
if [ -n "${SANITIZER_FLAGS-}" ]; then
	skip 'without the right /proc' 'the sanitizers need one'
else
	run $below --mount sh -c 'unshare --pid --fork sh "$work/first"; exec "$vastop" --events -- true'
	none 'a command that /proc does not have is told' "$(differences 1 'not a procfs of this PID namespace')"
	check '... and is not left behind' [ -z "$(ls "$TMPDIR")" ]
	# No procfs at all.
	run $below --mount sh -c 'mount -t tmpfs none /proc && exec "$vastop" --once vastop'
	none 'without a procfs names cannot be looked up' \
		"$(differences 2 'cannot be looked up in /proc')"
	run $below --mount sh -c 'mount -t tmpfs none /proc && exec "$vastop" --once 1'
	none '... nor numbers' "$(differences 1 'no procfs is mounted at /proc')"
fi

# hidepid.
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$vastop"; then
	target plain
	run unshare --mount sh -c 'mount -t proc -o hidepid=2 proc /proc &&
		exec setpriv --reuid=65534 --regid=65534 --clear-groups "$vastop" --once "$1"' \
		sh "$target_pid"
	if grep -q mount "$work/err"; then
		skip 'a hidden process' 'no procfs can be mounted'
	else
		none 'a hidden process is one that may not be read' "$(differences 4 'permission denied')"
	fi
else
	skip 'a hidden process' 'only root can mount a procfs that hides, and reach the program'
fi
tap_end
