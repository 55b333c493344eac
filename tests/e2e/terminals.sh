#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Terminals of many kinds: on each vastop draws, or says why it cannot.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux infocmp

target plain

# What is wrong with the screen: a sequence that the terminal did not take stands there as text.
garbled()
{
	screen | grep -nE '\[[0-9;?]+[A-Za-z]|\([0B]|\$<[0-9]|[[:cntrl:]]'
	[ "$(screen | wc -L)" -le 80 ] || echo 'lines are longer than the screen'
}

for type in xterm-256color xterm-direct xterm screen tmux-256color linux vt100; do
	if ! infocmp "$type" >/dev/null 2>&1; then
		skip "$type draws the picture" 'terminfo has no such entry'
		continue
	fi
	screen_start 80 24 env TERM="$type" "$vastop" "$target_pid"
	shows "$type draws the picture" "vastop.*$target_pid" '\[heap\]' '\[stack\]' 'q quit'
	none "$type is not garbled" "$(garbled)"
	keys T
	shows "$type shows another theme" '\[heap\]' 'Theme '
	# tmux sends its own sequences, whatever TERM says; so do PuTTY and others.
	keys End
	shows "$type knows End" '[▸>] +0 '
	keys Home
	shows "$type knows Home" '[▸>] *(8000|ffff)'
	keys F1
	shows "$type knows F1" 'help.*Esc leaves'
	keys q
	shows "$type leaves the help" '\[heap\]'
	keys q
	ended "$type ends at q" 0
	# Where there is no second screen, the picture stays; nothing else may.
	if infocmp -1 "$type" | grep -q rmcup; then
		restored "$type is as it was"
	else
		check "$type has its settings again" cmp "$work/before" "$work/after"
		check "$type has its cursor again" test "$(screen_fact cursor_flag)" = 1
		shows "$type has an empty line for the prompt" '^after the program *$'
	fi
done

for type in dumb no-such-terminal ''; do
	screen_start 80 24 env TERM="$type" "$vastop" "$target_pid"
	ended "'$type' is refused" 1
	shows "'$type' is told why" "TERM=$type.*cannot place the cursor"
	restored "'$type' is left alone"
done
tap_end
