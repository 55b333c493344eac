#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# README.md and the manual page name the keys, commands, options, themes and kinds that the program
# has.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# The themes of the checkout, and no settings of whoever runs this.
XDG_CONFIG_HOME=$(mktemp -d) || exit 1
export XDG_CONFIG_HOME
trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
mkdir "$XDG_CONFIG_HOME/vastop"
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

# A table of README.md whose first column is code: readme HEADING
readme()
{
	# shellcheck disable=SC2016 # the back-ticks are those of Markdown
	sed -n "/^## $1/,/^## /"'s/^| \(`.*`\) | \(.*\) |$/\1|\2/p' README.md | tr -d '`'
}

manual_keys()
{
	sed -n '/keys: begin/,/keys: end/p' doc/vastop.1 | grep '|' | grep -v '^tab' |
		sed 's/^\\&//; :next; s/^\([^|]*\), /\1 /; t next'
}

# A list of the manual page with a paragraph for each name: manual MARK
manual()
{
	sed -n "/$1: begin/,/$1: end/p" doc/vastop.1 | grep -v '^\.\\"' |
		sed 's/\\-/-/g; s/^\.TP/\n/' |
		awk 'BEGIN { RS = "" } { sub(/^\.B /, ""); sub(/\n/, "|"); gsub(/\n/, " "); print }'
}

# The names of options in the manual page's part of that mark: manual_options MARK
manual_options()
{
	sed -n "/$1: begin/,/$1: end/s/^\.BR \([a-z-]*\) .*/\1/p" doc/vastop.1 | sort
}

# Options that may stand in the file config: those for which it only lacks a value.
program_options()
{
	mkdir -p "$XDG_CONFIG_HOME/options/vastop"
	"${top_builddir:?}/vastop" --help | sed -n 's/^ .*--\([a-z-]*\).*/\1/p' |
		while read -r name; do
			echo "${name#no-} =" >"$XDG_CONFIG_HOME/options/vastop/config"
			XDG_CONFIG_HOME="$XDG_CONFIG_HOME/options" "$top_builddir/vastop" --once \
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
none 'README.md has the keys of the program' "$(differs "$keys" "$(readme Keys)")"
none 'the manual page has the keys of the program' "$(differs "$keys" "$(manual_keys)")"

themes=$(program --list-themes 1,2)
check 'the program has themes' test -n "$themes"
none 'README.md has the themes' "$(differs "$themes" "$(readme Themes)")"
none 'the manual page has the themes' "$(differs "$themes" "$(manual themes)")"

kinds=$(program --list-kinds 1,2)
check 'the program has kinds' test -n "$kinds"
none 'the manual page has the kinds' "$(differs "$kinds" "$(manual kinds)")"

options=$(program_options)
check 'options may stand in a file' test -n "$options"
none 'the manual page has the options of the file' \
	"$(differs "$options" "$(manual_options config)")"
tap_end
