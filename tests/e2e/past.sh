#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A moment of the past looks as it did: what was in memory then is drawn, and nothing more.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

# Addresses, bars, names and sizes: what stands left of the inspector, below the header.
picture()
{
	screen | sed -n -e 's/││.*//' -e '4,22p'
}

# How long before the end of the process what is shown was; empty where that is not said.
before_the_end()
{
	screen | sed -n 's/.* \([0-9.]* s before the end\).*/\1/p'
}

is_as_before()
{
	picture >"$work/now"
	cmp -s "$work/then" "$work/now"
}

# step KEY NAME
step()
{
	shown=$(before_the_end)
	keys "$1"
	if wait_until shows_another before_the_end "$shown" && wait_until is_as_before; then
		pass "$2"
	else
		waited_in_vain "$2" "$(diff "$work/then" "$work/now")
$(screen)"
	fi
}

# Its thread has touched only some pages of its stack.
target plain
screen_start 120 24 "$vastop" --delay=0.1 "$target_pid"
shows 'the stack of a thread is partly in memory' '░ thread.stack' '(█|▇).*░'
# Samples of which as much is known come, one at least for each second that the clock tells.
for second in first second third; do
	clock_goes_on "the $second second passes"
done
keys Space
shows 'the picture is held' 'paused|s ago'
picture >"$work/then"
shows 'time goes on' 's ago'
kill_target
shows 'the header says how long before the end that was' 's before the end'
step , 'one moment before, bars are as they were'
step , '... and one before that'
step . '... and one forward again'
keys q
ended 'q ends the program with success' 0
tap_end
