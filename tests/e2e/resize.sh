#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The picture follows the size of the terminal.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

# Whether the picture uses the width and the height that it has.
fills_screen()
{
	screen >"$work/screen"
	[ "$(wc -L <"$work/screen")" -gt $(($1 * 9 / 10)) ] &&
		[ -n "$(tail -n +$(($2 - 1)) "$work/screen" | tr -d '[:space:]')" ]
}

fills()
{
	if wait_until fills_screen "$1" "$2"; then
		pass "$1x$2 is filled"
	else
		fail "$1x$2 is filled" "$(screen)"
	fi
}

target plain
screen_start 80 24 "$vastop" "$target_pid"
shows 'the diagram at 80x24' "vastop.*$target_pid" '\[heap\]' '\[stack\]'
fills 80 24
for size in '120 40' '200 60' '40 12' '80 24'; do
	columns=${size% *}
	lines=${size#* }
	# Too small in between, so that what is seen afterwards was drawn for the new size.
	screen_resize 20 5
	shows "20x5, before ${columns}x$lines, is called too small" 'small'
	screen_resize "$columns" "$lines"
	shows "the diagram at ${columns}x$lines" "$target_pid" '\[(heap|stack)\]'
	fills "$columns" "$lines"
done
keys q
ended 'q ends the program' 0
restored 'the terminal is as it was'

screen_start 20 5 "$vastop" "$target_pid"
shows 'a terminal that is too small from the start is called so' 'small'
keys q
ended 'q ends the program in it' 0
tap_end
