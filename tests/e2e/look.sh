#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Lenses, their legend, the minimap and the help, by keys at two sizes.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

lenses()
{
	shows "$1: colours are those of kinds, and say so" 'address space ─' '╰ █ (text|rodata)  █ '
	keys c
	shows "$1: c asks for protection" 'address space, by protection' '█ w\+x  █ executable'
	keys c
	shows "$1: then for what is in memory" 'by residency' '█ in memory  █ partly'
	keys c
	shows "$1: then for growth" 'by growth' '█ appeared  █ grew'
	keys c
	shows "$1: then for sharing" 'by sharing' '█ shared  █ private'
	keys c
	shows "$1: then for call sites" 'by call site' '█ unknown'
	keys C C
	shows "$1: C goes back" 'by growth'
	keys c c c
	shows "$1: after the last comes the first" 'address space ─'
}

help()
{
	keys '?'
	shows "$1: the help begins with the keys" '│ Moving' 'Go to the next band above'
	keys End
	shows "$1: and ends with the signs" 'not known whether in memory' 'unknown'
	keys Escape
	shows "$1: Esc leaves it" 'address space ─'
}

target plain
screen_start 80 24 "$vastop" "$target_pid"
lenses 80x24
help 80x24
keys i
shows '80x24: without the inspector there is room for the minimap' '[█┊]│$'

screen_resize 160 50
keys i
lenses 160x50
help 160x50
keys + +
shows '160x50: zoomed, a bracket stands beside what is shown' '╭█' '╰█' '×4'
keys 0 Enter
shows '160x50: inside a mapping' '[0-9]+ pages?|main arena' ' bytes'
keys Escape q
ended 'q ends the program' 0
restored 'the terminal is as it was'
tap_end
