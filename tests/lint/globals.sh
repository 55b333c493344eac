#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# No mutable globals: no object has a symbol in a section that can be written, but for the few
# named here.

set -u
. "${top_srcdir:?}/tests/tap.sh"
NM=${NM:-nm}
cd "${top_builddir:?}" || exit 1

# MODULE SYMBOL and the reason why it must be one.
allowed()
{
	case "$1 $2" in
	# How the lowest layer reaches the terminal when memory is exhausted; set once at start.
	'memory exhausted_hook') ;;
	# The functions of curses, which is one for the whole program, once they are loaded.
	'curses loaded') ;;
	# What a crash handler needs to restore the terminal: a handler gets no argument.
	'rescue armed' | 'rescue saved') ;;
	# Signal flags and the pipe that handlers write to; handlers get no argument.
	'signals '*) ;;
	*) return 1 ;;
	esac
}

# "FILE MODULE SYMBOL SECTION" for each symbol in a writable section. .data.rel.ro is constant:
# tables of pointers that the loader relocates before the program starts.
mutable()
{
	$NM -A -f sysv libpure.a libworld.a src/app/main.o | awk -F'|' '
		{
			section = $7
			gsub(/ /, "", section)
			if (section !~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ || section ~ /^\.data\.rel\.ro/)
				next
			# Compilers number what is static in a function: "name.0".
			name = $1
			sub(/ +$/, "", name)
			symbol = name
			sub(/^.*:/, "", symbol)
			file = substr(name, 1, length(name) - length(symbol) - 1)
			sub(/\.[0-9]+$/, "", symbol)
			module = file
			sub(/^.*[:\/]/, "", module)
			sub(/\.o$/, "", module)
			print file, module, symbol, section
		}'
}

not_allowed()
{
	mutable | while read -r file module symbol section; do
		allowed "$module" "$symbol" || echo "$file: $symbol in $section"
	done
}

if ! command -v "$NM" >/dev/null; then
	skip 'no mutable globals' 'nm not found'
elif $NM libpure.a | grep -q ' __asan_init'; then
	skip 'no mutable globals' 'AddressSanitizer adds its own'
else
	# Proof that symbols are seen at all: one that is there.
	check 'the allowed globals are found' sh -c "
		$NM -A -f sysv libpure.a | grep -q 'exhausted_hook.*[.]bss'"
	none 'no mutable globals' "$(not_allowed)"
fi
tap_end
