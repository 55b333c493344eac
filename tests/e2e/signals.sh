#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Whatever ends or stops vastop, the terminal is as it was.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

target plain
for signal in INT TERM HUP SEGV ABRT USR1 XCPU XFSZ TRAP; do
	screen_start 80 24 "$vastop" "$target_pid"
	shows "the picture stands before SIG$signal" '\[stack\]'
	kill -s "$signal" "$program_pid"
	ended "SIG$signal ends the program"
	restored "the terminal is as it was after SIG$signal"
done

screen_start 80 24 "$vastop" "$target_pid"
shows 'the picture stands before Ctrl-Z' '\[stack\]'
for round in first second; do
	keys C-z
	check "Ctrl-Z stops the program, the $round time" wait_until [ -e "$work/stopped" ]
	restored "the terminal is as it was while stopped, the $round time"
	keys Enter
	shows "in the foreground again, the picture is back, the $round time" '\[stack\]' \
		"vastop.*$target_pid"
done
keys q
ended 'q ends the program after it was stopped' 0
restored 'the terminal is as it was at the end'
tap_end
