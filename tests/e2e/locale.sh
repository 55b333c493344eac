#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The words are English and numbers have a point, whatever the language of the user is: only how
# characters are written is taken from the locale.

set -u
. "${top_srcdir:?}/tests/e2e/lib.sh"
need localedef

LOCPATH=$work/locales
mkdir "$LOCPATH"
# It warns of what the definition lacks, and makes it all the same.
localedef -i de_DE -f UTF-8 "$LOCPATH/de_DE.UTF-8" >"$work/warnings" 2>&1
if [ ! -d "$LOCPATH/de_DE.UTF-8" ]; then
	skip 'numbers have a point' 'the C library has no German to make a locale of'
	tap_end
	exit
fi
export LOCPATH
export LC_ALL=de_DE.UTF-8

target plain
"$vastop" --events "$target_pid" >/dev/null &
watching=$!
children="$children $watching"

# The files of the locale that it has mapped.
locale_files()
{
	sed -n 's|.*/\(LC_[A-Z]*\)$|\1|p' "/proc/$watching/maps" | sort -u
}

# It is the last that setlocale(3) reads.
has_read_it()
{
	locale_files | grep -q LC_CTYPE
}

check 'how characters are written is read' wait_until has_read_it
none 'nothing else is' "$(locale_files | grep -v LC_CTYPE)"
"$vastop" --once "$target_pid" >"$work/picture"
check 'glyphs are written in UTF-8' grep '░' "$work/picture"
tap_end
