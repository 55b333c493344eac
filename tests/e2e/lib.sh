# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# End-to-end tests: vastop as a person meets it, watching a program from tests/targets. Source
# this, then tests/tap.sh's functions and these are there. Nothing sleeps for luck: all that must
# happen is waited for, until a generous deadline. Whatever happens, nothing is left behind.

. "${top_srcdir:?}/tests/tap.sh"

# shellcheck disable=SC2034 # these are for the tests
vastop=${VASTOP:-${top_builddir:?}/vastop}
# Seconds after which something that was waited for has failed.
patience=${PATIENCE:-20}

work=$(mktemp -d) || exit 1
children=
trap clean_up EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# Private servers: their sockets lie in the work folder.
export TMUX_TMPDIR="$work"
# No settings of whoever runs this.
export XDG_CONFIG_HOME="$work/home"
unset TMUX TMUX_PANE NO_COLOR COLORTERM LINES COLUMNS ESCDELAY
tmux_socket=

# The kernel lays out processes with an unlimited stack the old way, upside down.
# shellcheck disable=SC3045 # dash and bash have both options
[ "$(ulimit -s)" != unlimited ] || ulimit -S -s 8192

# The stdin of all targets; it ends when this script does.
mkfifo "$work/hold"
exec 9<>"$work/hold"

clean_up()
{
	if [ -n "${screen_started-}" ]; then
		in_tmux kill-server 2>/dev/null
	fi
	for child in $children; do
		kill -KILL "$child" 2>/dev/null
		wait "$child" 2>/dev/null
	done
	rm -rf "$work"
}

# wait_until COMMAND...: repeats it until it succeeds; fails at the deadline.
wait_until()
{
	wait_deadline=$(($(date +%s) + patience))
	until "$@"; do
		[ "$(date +%s)" -le "$wait_deadline" ] || return 1
		sleep 0.05
	done
}

# start_program COMMAND...: starts a program, sets target_pid, and waits until it says "ready".
start_program()
{
	rm -f "$work/says"
	mkfifo "$work/says"
	"$@" <"$work/hold" >"$work/says" 9>&- &
	target_pid=$!
	children="$children $target_pid"
	[ "$(timeout "$patience" head -n 1 "$work/says")" = ready ]
}

# target NAME [ARGUMENT...]: starts a program from tests/targets, waits until it is ready, and
# sets target_pid. Ends the script when it does not come up.
target()
{
	target_name=$1
	shift
	if ! start_program "${top_builddir:?}/tests/targets/$target_name" "$@"; then
		echo "Bail out! tests/targets/$target_name did not get ready"
		exit 1
	fi
}

# target_changes LIBRARY: starts tests/targets/changes, and sets target_pid. Its orders are written
# to descriptor 7; next_answer sets answer to what it says next.
target_changes()
{
	rm -f "$work/orders" "$work/answers"
	mkfifo "$work/orders" "$work/answers"
	exec 7<>"$work/orders" 8<>"$work/answers"
	"${top_builddir:?}/tests/targets/changes" "$1" \
		<"$work/orders" >"$work/answers" 7>&- 8>&- 9>&- &
	target_pid=$!
	children="$children $target_pid"
	next_answer
	if [ "$answer" != ready ]; then
		echo 'Bail out! tests/targets/changes did not get ready'
		exit 1
	fi
}

# shellcheck disable=SC2034 # for the tests
next_answer()
{
	answer=$(timeout "$patience" head -n 1 <&8)
}

# has_thread PID NAME: whether vastop has a thread of that name.
has_thread()
{
	cat "/proc/$1/task"/*/comm 2>/dev/null | grep -qx "vastop/$2"
}

# Whether vastop --events has begun: the thread that samples is there; before it starts, the first
# sample was taken.
is_sampling()
{
	has_thread "$1" sampler
}

# Ends the target, and returns when nothing is left of it.
kill_target()
{
	kill -KILL "$target_pid"
	wait "$target_pid" 2>/dev/null
	return 0
}

# The letter of a process's state; empty when it does not exist.
process_state()
{
	sed -n 's/^State:[[:space:]]*\(.\).*/\1/p' "/proc/$1/status" 2>/dev/null
}

process_is_in_state()
{
	[ "$(process_state "$1")" = "$2" ]
}

has_ended()
{
	case $(process_state "$1") in
	'' | Z) ;;
	*) return 1 ;;
	esac
}

# wait_for PID: waits for the end of a child, and sets status to its exit status. It is killed when
# it does not end: what is broken fails, and never hangs.
wait_for()
{
	wait_until has_ended "$1" || kill -KILL "$1" 2>/dev/null
	wait "$1" 2>/dev/null
	# shellcheck disable=SC2034 # for the tests
	status=$?
}

stop_target()
{
	kill -STOP "$target_pid"
	wait_until process_is_in_state "$target_pid" T
}

# schema_faults SCHEMA FILE: where the documents of the file are not as doc/schema says; needs jq.
schema_faults()
{
	jq -n -r --slurpfile schema "$top_srcdir/doc/schema/vastop.$1-1.schema.json" \
		-f "$top_srcdir/tests/schema.jq" "$2" 2>&1
}

# Ends the script with one skipped test when a tool that all of it needs is missing.
need()
{
	for tool in "$@"; do
		if ! command -v "$tool" >/dev/null; then
			skip "${0##*/}" "$tool not found"
			tap_end
			exit 0
		fi
	done
}

# waited_in_vain NAME EXPLANATION: fails. A program that missed one deadline is broken, or the
# screen that the next tests expect is not there: no more than a moment is spent on each of them.
waited_in_vain()
{
	fail "$@"
	patience=2
}

# The screen: a terminal of a given size in which a command runs.

in_tmux()
{
	tmux -u -L "$tmux_socket" -f /dev/null "$@"
}

# What runs in the terminal: the command as a shell's foreground job, with what a person would
# look at before and after it. Files in the work folder tell of it: pid, before and after (the
# terminal's settings), status; stopped while it is.
# shellcheck disable=SC2016 # its own shell expands it
session='
	trap : INT
	set -m
	ulimit -c 0
	cd "$1" || exit
	shift
	echo "before the program"
	stty -g >before
	sh -c "echo \$\$ >pid; exec \"\$@\"" sh "$@"
	status=$?
	while [ $status -eq 148 ]; do
		stty -g >after
		echo "the program is stopped"
		: >stopped
		read -r line
		rm -f stopped
		fg >/dev/null
		status=$?
	done
	stty -g >after
	echo "after the program"
	echo $status >status.new
	mv status.new status
	exec cat >/dev/null
'

# screen_start COLUMNS LINES COMMAND...: each call starts a new terminal in place of the last.
screen_start()
{
	columns=$1
	lines=$2
	shift 2
	[ -z "${screen_started-}" ] || in_tmux kill-server 2>/dev/null
	# A server that ends keeps its socket for a moment: each gets its own.
	screens=$((${screens:-0} + 1))
	tmux_socket=vastop-test-$$-$screens
	rm -f "$work/before" "$work/after" "$work/status" "$work/stopped" "$work/pid"
	screen_started=yes
	in_tmux start-server \; set-option -g status off \; set-option -g remain-on-exit on \; \
		set-option -g default-terminal tmux-256color \; \
		set-option -sg escape-time 0 \; \
		new-session -d -x "$columns" -y "$lines" sh -c "$session" sh "$work" "$@" 9>&-
	if ! wait_until [ -s "$work/pid" ]; then
		echo 'Bail out! tmux shows no terminal'
		exit 1
	fi
	# shellcheck disable=SC2034
	program_pid=$(cat "$work/pid")
}

screen_resize()
{
	in_tmux resize-window -x "$1" -y "$2"
}

# Keys by tmux's names: q, Enter, C-z, Up, PageDown.
keys()
{
	in_tmux send-keys "$@"
}

# The screen as text, a line per line.
screen()
{
	in_tmux capture-pane -p 2>/dev/null
}

# What the clock of the header shows: when the picture was. Nothing where the header has no room
# for it, which it has from 120 columns on.
clock()
{
	screen | sed -n '1s/.* \([0-9]*:[0-9]*:[0-9]*\)$/\1/p'
}

# shows_another COMMAND BEFORE: whether what the command finds on the screen is there, and another.
shows_another()
{
	found=$("$1")
	[ -n "$found" ] && [ "$found" != "$2" ]
}

# clock_goes_on NAME: a picture of another second comes.
clock_goes_on()
{
	if wait_until shows_another clock "$(clock)"; then
		pass "$1"
	else
		waited_in_vain "$1" "$(screen)"
	fi
}

# A fact about the terminal, by tmux's name: alternate_on, cursor_flag, pane_title.
screen_fact()
{
	in_tmux display-message -p "#{$1}"
}

# Lines that the terminal wrapped count as one: how long a sentence is depends on where we are.
screen_has()
{
	in_tmux capture-pane -p -J 2>/dev/null | grep -qiE -- "$1"
}

# shows NAME PATTERN...: passes when the screen shows all patterns (extended regular expressions,
# in any case of letters) at some time before the deadline; else shows the screen.
shows()
{
	shows_name=$1
	shift
	for pattern in "$@"; do
		if ! wait_until screen_has "$pattern"; then
			waited_in_vain "$shows_name" "not on the screen: $pattern
$(screen)"
			return 0
		fi
	done
	pass "$shows_name"
}

# ended NAME [STATUS]: passes when the program ends (with the status).
ended()
{
	if ! wait_until [ -e "$work/status" ]; then
		waited_in_vain "$1" "the program did not end
$(screen)"
	elif [ $# -gt 1 ] && [ "$(cat "$work/status")" != "$2" ]; then
		fail "$1" "exit status $(cat "$work/status") instead of $2
$(screen)"
	else
		pass "$1"
	fi
}

terminal_differences()
{
	cmp -s "$work/before" "$work/after" ||
		echo "its settings were $(cat "$work/before"), are $(cat "$work/after")"
	[ "$(screen_fact alternate_on)" = 0 ] || echo 'the alternate screen is still on'
	[ "$(screen_fact cursor_flag)" = 1 ] || echo 'the cursor is not to be seen'
	[ "$(screen_fact mouse_any_flag)" = 0 ] || echo 'the mouse is still reported'
	[ "$(screen_fact keypad_flag)" = 0 ] || echo 'the keypad still sends application keys'
	screen_has '^before the program' || echo 'what stood on the screen before is gone'
}

terminal_is_restored()
{
	[ -z "$(terminal_differences)" ]
}

# restored NAME: passes when the terminal is as it was before the program started (the last that
# the program sent may still be on its way to it).
restored()
{
	if wait_until terminal_is_restored; then
		pass "$1"
	else
		waited_in_vain "$1" "$(terminal_differences)
$(screen)"
	fi
}
