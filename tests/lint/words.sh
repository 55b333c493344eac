#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README.md and the manual page name the keys and commands that the program's own table has.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# "KEY KEY…|HELP" for each command: what the program draws on its help screen.
program()
{
	"${top_builddir:?}/tests/support/print_commands"
}

readme()
{
	# shellcheck disable=SC2016 # the back-ticks are those of Markdown
	sed -n '/^## Keys/,/^## How/s/^| \(`.*`\) | \(.*\) |$/\1|\2/p' README.md | tr -d '`'
}

manual()
{
	sed -n '/keys: begin/,/keys: end/p' doc/vastop.1 | grep '|' | grep -v '^tab' |
		sed 's/^\\&//; :next; s/^\([^|]*\), /\1 /; t next'
}

# The program's table, and the other where it differs.
differs()
{
	[ "$1" = "$2" ] || printf 'the program:\n%s\nthe document:\n%s\n' "$1" "$2"
}

keys=$(program)
check 'the program has keys' test -n "$keys"
none 'README.md has the keys of the program' "$(differs "$keys" "$(readme)")"
none 'the manual page has the keys of the program' "$(differs "$keys" "$(manual)")"
tap_end
