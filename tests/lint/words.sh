#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README.md and the manual page name the keys, commands, options, themes and kinds that the program
# has, and the figures that `make bench-peers` measured. What is a list there is written by this
# script, with UPDATE_GOLDEN=1.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# The themes of the checkout, and no settings of whoever runs this.
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export XDG_CONFIG_HOME="$work/home"
mkdir -p "$XDG_CONFIG_HOME/vastop"
ln -s "$PWD/themes" "$XDG_CONFIG_HOME/vastop/themes"

# The columns of a list of the program, a bar between them: program OPTION COLUMNS
program()
{
	"${top_builddir:?}/vastop" "$1" | awk -F '  +' -v columns="$2" '{
		count = split(columns, wanted, ",")
		for (i = 1; i <= count; i++)
			printf "%s%s", $wanted[i], i < count ? "|" : "\n"
	}'
}

# Lines "words|text" as a table of README.md, with the words as code: markdown HEADING HEADING
markdown()
{
	printf '| %s | %s |\n|---|---|\n' "$1" "$2"
	# shellcheck disable=SC2016 # the back-ticks are those of Markdown
	awk -F '|' '{ gsub(/ /, "` `", $1); print "| `" $1 "` | " $2 " |" }'
}

# Lines "words|text" as a table of the manual page; see tbl(1).
roff_table()
{
	printf '.TS\ntab(|);\nlb l.\n'
	awk -F '|' '{ gsub(/ /, ", ", $1); print (/^\./ ? "\\&" : "") $1 "|" $2 }'
	printf '.TE\n'
}

# Lines "name|unit|text" as a table of the manual page.
roff_fields()
{
	printf '.TS\ntab(|);\nlb l l.\n'
	cat
	printf '.TE\n'
}

# Lines "name|text" as paragraphs of the manual page.
roff_list()
{
	awk -F '|' '{ gsub(/-/, "\\-", $1); print ".TP\n.B " $1 "\n" $2 }'
}

# as_in_the_program NAME FILE MARK LINES: whether the file has the lines between its marks; with
# UPDATE_GOLDEN it gets them.
as_in_the_program()
{
	printf '%s\n' "$4" >"$work/lines"
	[ -z "${UPDATE_GOLDEN-}" ] ||
		sed -i -e "/$3: begin/,/$3: end/{//!d}" -e "/$3: begin/r $work/lines" "$2"
	none "$1" "$(sed -n "/$3: begin/,/$3: end/p" "$2" | sed '1d; $d' |
		diff -u --label "$2" --label 'the program' - "$work/lines")"
}

# The names of options in the manual page's part of that mark: manual_options MARK
manual_options()
{
	sed -n "/$1: begin/,/$1: end/s/^\.BR \([a-z-]*\) .*/\1/p" doc/vastop.1 | sort
}

# Options that may stand in the file config: those for which it only lacks a value.
program_options()
{
	mkdir -p "$work/options/vastop"
	"${top_builddir:?}/vastop" --help | sed -n 's/^ .*--\([a-z-]*\).*/\1/p' |
		while read -r name; do
			echo "${name#no-} =" >"$work/options/vastop/config"
			XDG_CONFIG_HOME="$work/options" "$top_builddir/vastop" --once \
				--procfs=/nonexistent 1 2>&1 | grep -q 'no value' && echo "${name#no-}"
		done | sort
}

# The program's table, and the other where it differs.
differs()
{
	[ "$1" = "$2" ] || printf 'the program:\n%s\nthe document:\n%s\n' "$1" "$2"
}

keys=$(program --list-commands 2,3)
check 'the program has keys' test -n "$keys"
as_in_the_program 'README.md has the keys of the program' README.md keys \
	"$(echo "$keys" | markdown key 'what it does')"
as_in_the_program 'the manual page has the keys of the program' doc/vastop.1 keys \
	"$(echo "$keys" | roff_table)"

themes=$(program --list-themes 1,2)
check 'the program has themes' test -n "$themes"
as_in_the_program 'README.md has the themes' README.md themes \
	"$(echo "$themes" | markdown theme 'what it is')"
as_in_the_program 'the manual page has the themes' doc/vastop.1 themes \
	"$(echo "$themes" | roff_list)"

kinds=$(program --list-kinds 1,2)
check 'the program has kinds' test -n "$kinds"
as_in_the_program 'the manual page has the kinds' doc/vastop.1 kinds "$(echo "$kinds" | roff_list)"

fields=$(program --list-fields 1,2,3)
check 'the program has fields' test -n "$fields"
as_in_the_program 'the manual page has the fields' doc/vastop.1 fields "$(echo "$fields" | roff_fields)"

name='README.md has the figures that were measured'
if command -v jq >/dev/null; then
	as_in_the_program "$name" README.md figures "$(jq -r -f tests/bench/peers.jq doc/peers.json)"
else
	skip "$name" 'jq not found'
fi

options=$(program_options)
check 'options may stand in a file' test -n "$options"
none 'the manual page has the options of the file' \
	"$(differs "$options" "$(manual_options config)")"
tap_end
