#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vastop -- COMMAND: the command is watched from its first instruction on, its output goes to a
# file, and its end is told.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need jq

# The fresh files for output.
TMPDIR=$work/fresh
export TMPDIR
mkdir "$TMPDIR"
changes=${top_builddir:?}/tests/targets/changes

# run OPTION... -- COMMAND...: to its end; sets status, and fills out and err.
run()
{
	timeout "$patience" "$vastop" "$@" </dev/null >"$work/out" 2>"$work/err" 9>&-
	status=$?
}

# differences STATUS PATTERN [FILES]: what is not so about the last run, which leaves so many files.
differences()
{
	[ "$status" -eq "$1" ] || echo "exit status $status instead of $1"
	[ "$(wc -l <"$work/err")" -eq 1 ] && grep -qE -- "$2" "$work/err" ||
		echo "on stderr, not one line with '$2': $(cat "$work/err")"
	# Fresh files that nobody needs.
	[ "$(find "$TMPDIR" -type f | wc -l)" -eq "${3-0}" ] || echo "left: $(ls "$TMPDIR")"
}

# Events.
run --events --format=json -- sh -c 'exit 3'
none 'the exit status of the command is told' \
	"$(differences 0 'sh ended with status 3; it wrote nothing\.')"
check 'its end is the last event' sh -c "tail -n 1 '$work/out' | jq -e '.change == \"exit\"'"
run --events --format=json --output="$work/output" -- sh -c 'echo out; echo err >&2'
none 'the output goes to the file that was given' \
	"$(differences 0 "sh ended with status 0; its output is in $work/output\.")"
none 'stdout and stderr come in their order' \
	"$(printf 'out\nerr\n' | diff - "$work/output")"
run --events -- sh -c 'echo out; kill -TERM $$'
none 'a signal that ends the command is told' \
	"$(differences 0 "sh was killed by signal 15 .*in $TMPDIR/vastop-sh-......\.out\." 1)"
check 'the fresh file has the output' grep -qx out "$TMPDIR"/vastop-sh-*.out
rm -f "$TMPDIR"/vastop-sh-*.out

# Held at the first instruction, a program has no libraries: that the dynamic loader maps them is
# reported. It then waits for a line, so that a sample can see them.
mkfifo "$work/gate"
cat >"$work/waits" <<'END'
#!/bin/sh
read -r line <"$1"
END
chmod +x "$work/waits"
"$vastop" --events --format=json -- sh "$work/waits" "$work/gate" </dev/null >"$work/out" \
	2>"$work/err" 9>&- &
events_pid=$!
children="$children $events_pid"

libc_is_mapped()
{
	jq -e -n '[inputs | select(.change == "mapped" and (.name | endswith("/libc.so.6")))] |
		length > 0' "$work/out" >/dev/null 2>&1
}

check 'what the dynamic loader maps is reported' wait_until libc_is_mapped
timeout "$patience" sh -c "echo >'$work/gate'"
wait_for "$events_pid"
none '... to the end' "$(differences 0 'sh ended with status 0; it wrote nothing\.')"

# A command goes on when vastop ends.
"$vastop" --events -- "$work/waits" "$work/gate" </dev/null >"$work/out" 2>"$work/err" 9>&- &
events_pid=$!
children="$children $events_pid"

command_of()
{
	# The other children look at files; before it is executed, its name is vastop's.
	# shellcheck disable=SC2013 # words it is
	for command_pid in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		grep -qvx 'vastop\|vastop-files' "/proc/$command_pid/comm" 2>/dev/null && return 0
	done
	return 1
}

is_let_go()
{
	case $(process_state "$1") in
	R | S | D) return 0 ;;
	esac
	return 1
}

wait_until command_of "$events_pid"
children="$children $command_pid"
check 'it is let go' wait_until is_let_go "$command_pid"
kill -TERM "$events_pid"
wait_for "$events_pid"
none 'where it goes on is told' "$(differences 143 "continues as process $command_pid; " 1)"
check 'it does go on' kill -0 "$command_pid"
timeout "$patience" sh -c "echo >'$work/gate'"
rm -f "$TMPDIR"/vastop-waits-*.out

# On the screen.
if command -v tmux >/dev/null; then
	# The path is left out where there is no room for it.
	screen_start 200 30 "$vastop" --output="$work/output" -- "$changes" /lib/none
	shows 'the screen names the command and its output' "output $work/output" \
		"vastop.*changes"
	command_of "$program_pid"
	shows 'stdin is at its end, and so is the program' '(has )?ended'
	keys q
	ended 'q ends the program with success' 0
	shows 'the end of the command is told' 'changes ended with status 0; its output is in'
	restored 'the terminal is as it was'
	check 'its output is in the file' grep -qx ready "$work/output"

	screen_start 100 30 "$vastop" -- sleep 1000
	shows 'the screen stands' 'vastop.*sleep'
	shows 'the picture stands' '\[stack\]'
	command_of "$program_pid"
	command_pid=${command_pid% }
	children="$children $command_pid"
	keys C-c
	ended 'Ctrl-C ends vastop'
	shows 'that the command goes on is told' "continues as process $command_pid"
	check 'Ctrl-C does not end the command' kill -0 "$command_pid"
	kill -KILL "$command_pid"
	restored 'the terminal is as it was after that'
	rm -f "$TMPDIR"/vastop-sleep-*.out

	screen_start 100 30 "$vastop" -- no-such-command-anywhere
	ended 'a command that does not exist is a mistake' 127
	restored '... that leaves the terminal alone'
else
	skip 'a command on the screen' 'tmux not found'
fi

# What goes wrong starts no command.
run -- touch "$work/touched"
none 'without a terminal nothing is run' "$(
	[ "$status" -eq 1 ] || echo "exit status $status"
	[ ! -e "$work/touched" ] || echo 'it ran'
	grep -q terminal "$work/err" || cat "$work/err"
	find "$TMPDIR" -type f)"
tap_end
