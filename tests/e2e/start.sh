#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# vastop PID shows the process, and q leaves everything as it was.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need tmux

target plain
screen_start 100 30 "$vastop" "$target_pid"
shows 'the header names the process' "vastop.*$target_pid.*plain"
shows 'the diagram shows heap and stack' '\[heap\]' '\[stack\]'
shows 'a writable and executable mapping is called out' 'w\+x'
keys '?'
shows 'help tells how to quit' 'q.*quit'
keys Escape
shows 'Esc leaves the help' '\[stack\]'
keys q
ended 'q ends the program with success' 0
restored 'the terminal is as it was'

screen_start 100 30 "$vastop" 0
ended 'pid 0 is a mistake' 2
restored 'a mistake leaves the terminal alone'
tap_end
