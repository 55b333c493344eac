# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by what looks at the program's texts, in the root of the sources: which there are.

# What is kept of the program's sources: in a checkout what git tracks and what is new, else (in
# an unpacked distribution) what is there. Recorded and expected texts are as they are.
files()
{
	if [ -e .git ] && git ls-files >/dev/null 2>&1; then
		git ls-files --cached --others --exclude-standard
	else
		find . -name .deps -prune -o -name _build -prune -o -name build-aux -prune -o -name 'build*' -type d -prune -o \
			-type f ! -name '*.[oa]' ! -name '*.log' ! -name '*.trs' ! -name 'Makefile.in' \
			! -name Makefile ! -path './aclocal.m4' ! -path './config*[!c]' -print |
			sed 's|^\./||'
	fi | grep -v -e '^tests/fixtures/' -e '^tests/golden/' -e '^tests/fuzz/.*corpus' -e '^LICENSE$' \
		-e '\.png$' |
		while IFS= read -r file; do
			[ ! -f "$file" ] || printf '%s\n' "$file"
		done | LC_ALL=C sort
}

all_files=$(files)

c_files()
{
	printf '%s\n' "$all_files" | grep '\.[ch]$'
}

scripts()
{
	printf '%s\n' "$all_files" | grep -e '\.sh$' -e '^bootstrap$' -e '^\.ci/run$'
}

# on_each COMMAND...: runs it with the files that stdin lists behind its arguments, all at once.
on_each()
{
	tr '\n' '\0' | xargs -0 "$@"
}
