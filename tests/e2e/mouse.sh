#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The mouse, as terminals report it: presses select, go in and out, scroll, zoom and run commands;
# it can be turned off; a terminal without one is not asked for it; the terminal is as it was
# afterwards, however the program ends.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

escape=$(printf '\033')

# report BUTTON COLUMN LINE: a press and its release; cells count from 1. Buttons: 0 left, 2 right,
# 64 wheel up, 65 wheel down, 80 and 81 the same with Ctrl.
report()
{
	keys -l "$(sequence "$@")"
}

sequence()
{
	printf '\033[<%d;%d;%dM\033[<%d;%d;%dm' "$@" "$@"
}

stands()
{
	screen | grep -qF -- "$1"
}

# place TEXT: sets column and line to where it stands on the screen first, once it does.
place()
{
	wait_until stands "$1"
	line=$(screen | grep -nF -- "$1" | head -n 1 | cut -d: -f1)
	column=$(screen | grep -F -- "$1" | head -n 1 | awk -v text="$1" '{ print index($0, text) }')
}

click()
{
	place "$1"
	report 0 "$column" "$line"
}

# At once: two reports that come apart may be two clicks on a busy machine.
double_click()
{
	place "$1"
	twice=$(sequence 0 "$column" "$line")
	keys -l "$twice$twice"
}

mouse_is()
{
	[ "$(screen_fact mouse_any_flag)" = "$1" ]
}

# fact NAME COMMAND...: passes when the command succeeds before the deadline.
fact()
{
	fact_name=$1
	shift
	if wait_until "$@"; then
		pass "$fact_name"
	else
		waited_in_vain "$fact_name" "$(screen)"
	fi
}

target plain
for size in '80 24' '160 50'; do
	# shellcheck disable=SC2086 # two words
	screen_start $size "$vastop" "$target_pid"
	shows "the diagram at $size" '\[heap\]' '\[stack\]'
	fact 'presses are reported' mouse_is 1

	click '[stack]  '
	shows 'a click selects' '^.▸ *[0-9a-f]+ .*\[stack\]'
	double_click '[heap]  '
	shows 'a double click goes in' '╭ \[heap\] ─.*log' ' pages '
	report 2 20 10
	shows 'the right button goes out' 'address space ─'
	report 2 20 10
	shows 'and says when it cannot' 'shows the whole address space'

	report 80 20 10
	shows 'Ctrl and the wheel zoom in' '×2'
	report 81 20 10
	shows 'and out' '×1'
	report 65 20 10
	click '? help'
	shows 'a key in the footer is clicked' 'arrows scroll'
	report 2 20 10
	shows 'the right button leaves the help' 'address space ─'
	click 'g go to'
	shows 'another key is clicked' '^ go to'
	keys Escape

	keys M
	shows 'M gives the mouse back' 'mouse is off'
	fact 'presses are not reported then' mouse_is 0
	keys M
	shows 'M takes it again' 'mouse is on'
	fact 'presses are reported again' mouse_is 1

	keys C-z
	fact 'a stopped program reports none' mouse_is 0
	fact 'it is stopped' [ -e "$work/stopped" ]
	keys Enter
	fact 'they are reported when it goes on' mouse_is 1

	report 0 20 10
	click 'q quit'
	ended 'quitting can be clicked' 0
	restored 'the terminal is as it was'
done

# A report in two halves, with a pause that a slow line makes, is not typed text.
screen_start 80 24 "$vastop" "$target_pid"
shows 'the diagram again' '\[heap\]'
in_tmux send-keys -l "${escape}[<0;20" \; send-keys -l ";10M"
keys '?'
shows 'a report in two halves is one' 'arrows scroll'
keys '?'

# The crash handler gives the mouse back, too.
kill -SEGV "$program_pid"
ended 'a crash ends it'
restored 'and leaves the terminal as it was'

screen_start 80 24 "$vastop" --no-mouse "$target_pid"
shows 'the diagram without the mouse' '\[heap\]'
fact 'no presses are reported' mouse_is 0
keys M
fact 'M takes the mouse' mouse_is 1
kill -TERM "$program_pid"
ended 'a signal ends it'
restored 'and leaves the terminal as it was, too'

screen_start 80 24 env TERM=vt100 "$vastop" "$target_pid"
shows 'the diagram on a terminal without a mouse' '\[heap\]'
fact 'it is not asked for one' mouse_is 0
keys M
shows 'M says so' 'no mouse'
keys q
ended 'q ends the program there' 0
tap_end
