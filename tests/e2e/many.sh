#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A process with very many mappings, one of which changes all the time: a thread of its own makes
# what the screen shows of each, and keys of all sorts are answered meanwhile.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

shows()
{
	screen | grep -qE "$1"
}

shows_no()
{
	! shows "$1"
}

# press NAME PATTERN KEY...: keys, and what the screen shows afterwards.
press()
{
	name=$1
	pattern=$2
	shift 2
	keys "$@"
	if wait_until shows "$pattern"; then
		pass "$name"
	else
		waited_in_vain "$name" "$(screen)"
	fi
}

target many 40000 0 30
screen_start 120 40 "$vastop" --delay=0.03 --budget=100 "$target_pid"
if wait_until has_thread "$program_pid" news; then
	pass 'a thread makes the news'
else
	waited_in_vain 'a thread makes the news' "$(screen)"
fi
clock_goes_on 'the picture goes on'
press 'zooming' '×4' + +
clock_goes_on '... goes on'
press 'the table' 'address' 0 t
clock_goes_on '... goes on'
press 'a filter' 'match; f hides the others' t f k i n d : a n o n Enter
press '... that hides' 'that do not match are hidden' f
clock_goes_on '... goes on'
press '... that is taken off' 'vvar|vdso|stack' Escape
press 'a baseline' 'Baseline set' m
clock_goes_on '... goes on'
press 'a pause' '‖' Space
press 'a step back' 's ago' ,
before=$(clock)
keys -N 60 ,
if wait_until shows_another clock "$before"; then
	pass 'further steps'
else
	waited_in_vain 'further steps' "$(screen)"
fi
keys .
keys L
if wait_until shows_no 's ago'; then
	pass 'live again'
else
	waited_in_vain 'live again' "$(screen)"
fi
clock_goes_on '... goes on'
kill_target
press 'the end of the process' 'The process has ended' 0
keys q
if wait_until [ -s "$work/status" ] && [ "$(cat "$work/status")" = 0 ]; then
	pass 'it ends'
else
	fail 'it ends' "$(screen)"
fi
# At the end of which news are in the making, at some moment.
target many 40000 0 30
for _ in 1 2 3; do
	screen_start 80 24 "$vastop" --delay=0.03 --budget=100 "$target_pid"
	wait_until has_thread "$program_pid" news
	keys q
	wait_until [ -s "$work/status" ] || break
done
check 'it ends while news are made' [ "$(cat "$work/status" 2>/dev/null)" = 0 ]
tap_end
