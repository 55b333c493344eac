#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whose code touches new pages: --growth of a process and of a command, in each format, and what it
# says where it may not listen.
#
# shellcheck disable=SC2016 # what looks like variables is for the inner shells

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# grow NAME ARGUMENT...: what --growth writes, with its status in status.
grow()
{
	timeout "$patience" "$vastop" "$@" >"$work/out" 2>"$work/err" 9>&-
	status=$?
}

# is STATUS NAME
is()
{
	check "$2" test "$status" -eq "$1"
}

check 'a process needs seconds' sh -c '"$1" --growth $$ 2>&1 | grep -q "needs seconds"' sh "$vastop"
check 'seconds are a number' sh -c '"$1" --growth=soon $$ 2>&1 | grep -q "takes seconds"' sh "$vastop"
check 'folded stacks are of growth only' sh -c \
	'"$1" --once --format=folded $$ 2>&1 | grep -q "applies only to --growth"' sh "$vastop"

target loads
grow --growth=0.1 --procfs="$top_srcdir/tests/fixtures/sleep" 29203
is 1 'a recorded process cannot be listened to'
check '... which is said' grep -q 'PID namespace' "$work/err"

# Where perf_event_open(2) is forbidden, as settings (EACCES) and containers do it (EPERM), or the
# kernel is built without it (ENOSYS): what is wrong is said, and what grew is shown all the same.
for refusal in '13 4 CAP_PERFMON' '1 4 CAP_PERFMON' '38 1 CONFIG_PERF_EVENTS'; do
	# shellcheck disable=SC2086 # three words
	set -- $refusal
	timeout "$patience" "$top_builddir/tests/targets/without_perf" "$1" \
		"$vastop" --growth=0.1 "$target_pid" >"$work/out" 2>"$work/err" 9>&-
	status=$?
	if [ "$status" -eq 77 ]; then
		skip "errno $1 of perf_event_open" 'the kernel has no system call filters'
		continue
	fi
	is "$2" "errno $1 of perf_event_open: the status says so"
	check '... and the message what would help' grep -q "$3" "$work/err"
	check '... and what grew is shown instead' grep -q 'MAPPING$\|no mapping grew' "$work/out"
done

grow --growth=0.2 --format=json "$target_pid"
if [ "$status" -eq 4 ]; then
	check 'a refusal says what would help' grep -Eq 'CAP_PERFMON|ulimit -l' "$work/err"
	grow --growth=0.2 "$target_pid"
	check 'what grew is shown instead' grep -q 'MAPPING$\|no mapping grew' "$work/out"
	skip 'listening' 'perf_event_open(2) is refused here'
	tap_end
	exit 0
fi
is 0 'a process that does nothing is listened to'
none '... as the schema says' "$(schema_faults growth "$work/out")"

# A shell that makes a string longer and longer: its heap grows in the shell's own code.
cat >"$work/grow.sh" <<'EOF'
s=0123456789abcdef
while [ ${#s} -lt 30000000 ]; do s=$s$s; done
echo "${#s}"
read -r line
EOF
grow --growth --format=json --output="$work/said" -- sh "$work/grow.sh"
is 0 'a command is listened to from its first instruction to its end'
none '... as the schema says' "$(schema_faults growth "$work/out")"
check '... and ran as ever' grep -qx 33554432 "$work/said"
check '... with what it touched' jq -e '
	.balance.touched > 16000000 and .events > 0 and
	((.sites | map(.bytes) | add) == .balance.touched)' "$work/out"
check '... in shares of the whole' jq -e '(.sites | map(.share) | add) > 0.999' "$work/out"

sh "$work/grow.sh" <"$work/hold" >"$work/said" 2>&1 9>&- &
child=$!
children="$children $child"
grow --growth=1 --format=folded "$child"
is 0 'folded stacks are written'
check '... a line each, with bytes' sh -c '! grep -Evq "^[^;]+(;[^;]+)* [0-9]+$" "$1"' sh "$work/out"
grow --growth=0.5 "$child"
is 0 'a table is written'
check '... with its columns' grep -Eq '^ +TOUCHED +SHARE +RATE +BY +KIND +CALL SITE$' "$work/out"

# Ctrl-C asks for what there is.
env --default-signal=INT "$vastop" --growth=60 --format=json "$child" >"$work/out" 2>"$work/err" 9>&- &
growth=$!
children="$children $growth"
wait_until has_thread "$growth" growth
kill -INT "$growth"
wait "$growth"
status=$?
is 0 'an interrupt ends listening'
none '... with a result' "$(schema_faults growth "$work/out")"

kill -KILL "$child"
wait "$child" 2>/dev/null
grow --growth=1 "$child"
is 3 'a process that has ended is told'

tap_end
