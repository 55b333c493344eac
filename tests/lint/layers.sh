#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The layers: who may include whom, which library is known where, and that every module has its
# header and its test.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

# Each layer and the layers that it may use; every layer may use itself.
may_use()
{
	case $1 in
	base) ;;
	model | screen) echo base ;;
	sampler | layout) echo base model ;;
	report) echo base model layout ;;
	term) echo base screen ;;
	ui) echo base model layout screen ;;
	app) echo base model screen layout sampler report term ui ;;
	esac
}
layers='base model screen sampler layout report term ui app'

# The one layer that knows a library, by its header.
library_layer()
{
	case $1 in
	curses.h | ncurses.h | ncursesw/* | term.h | termcap.h) echo term ;;
	libproc2/*) echo sampler ;;
	libelf.h | gelf.h | elf.h | link.h) echo sampler ;;
	pcre2.h) echo base ;;
	jansson.h) echo report ;;
	sqlite3.h) echo sampler ;;
	esac
}

sources()
{
	find src include -name '*.[ch]' | LC_ALL=C sort
}

# FILE HEADER for every #include "HEADER" (quote=") or <HEADER> (quote=<).
includes()
{
	sources | while IFS= read -r file; do
		sed -n "s|^[[:space:]]*#[[:space:]]*include[[:space:]]*$1\([^\">]*\)[\">].*|$file \1|p" "$file"
	done
}

layer_of()
{
	path=${1#src/}
	path=${path#include/}
	echo "${path%%/*}"
}

wrong_layers()
{
	includes '"' | while read -r file header; do
		user=$(layer_of "$file")
		used=${header%%/*}
		case " $(may_use "$user") $user " in
		*" $used "*) ;;
		*) [ "$header" = config.h ] || echo "$file includes $header: $user/ may not use $used/" ;;
		esac
	done
}

unnamed_layers()
{
	includes '"' | while read -r file header; do
		[ "$header" = config.h ] || [ -f "include/$header" ] ||
			echo "$file includes $header: include/$header does not exist"
	done
}

wrong_libraries()
{
	includes '<' | while read -r file header; do
		layer=$(library_layer "$header")
		[ -z "$layer" ] || [ "$layer" = "$(layer_of "$file")" ] ||
			echo "$file includes <$header>: only $layer/ may"
	done
}

unknown_layers()
{
	for folder in src/* include/*; do
		case " $layers " in
		*" ${folder#*/} "*) ;;
		*) echo "$folder is no layer" ;;
		esac
	done
}

sources_without_header()
{
	find src -name '*.[ch]' | LC_ALL=C sort | while IFS= read -r file; do
		header=include/${file#src/}
		case $file in
		src/app/main.c) ;;
		*.h) echo "$file: headers live in include/" ;;
		*) [ -f "${header%.c}.h" ] || echo "$file: ${header%.c}.h does not exist" ;;
		esac
	done
}

# A header may stand alone when it declares no function that is not defined in it.
headers_without_source()
{
	find include -name '*.h' | LC_ALL=C sort | while IFS= read -r header; do
		source=src/${header#include/}
		[ ! -f "${source%.h}.c" ] || continue
		! declares_functions "$header" ||
			echo "$header declares functions: ${source%.h}.c does not exist"
	done
}

# Whether a parenthesis closes a declaration outside of braces; comments do not count.
declares_functions()
{
	awk '
		{
			line = $0
			while (1) {
				if (comment) {
					at = index(line, "*/")
					if (!at)
						next
					line = substr(line, at + 2)
					comment = 0
				}
				at = index(line, "/*")
				if (!at)
					break
				rest = substr(line, at + 2)
				line = substr(line, 1, at - 1)
				code(line)
				line = rest
				comment = 1
			}
			code(line)
		}
		function code(text) {
			if (text ~ /^[ \t]*#/)
				return
			if (!depth && text ~ /\)[^{]*;/)
				found = 1
			depth += gsub(/\{/, "", text) - gsub(/\}/, "", text)
		}
		END { exit !found }' "$1"
}

# Modules with code that no unit test can reach, each with the reason.
tested_elsewhere()
{
	case $1 in
	app/main) return 0 ;; # main() itself: tests/e2e
	app/interact | app/loop | app/watch) return 0 ;; # a real terminal and process: tests/e2e
	esac
	return 1
}

modules_without_test()
{
	find src -name '*.c' | LC_ALL=C sort | while IFS= read -r file; do
		module=${file#src/}
		module=${module%.c}
		tested_elsewhere "$module" || [ -f "tests/unit/test_${module#*/}.c" ] ||
			echo "$file: tests/unit/test_${module#*/}.c does not exist"
	done
}

# A test is named by its module; a part of one too large for a file has a word more.
tests_without_module()
{
	find tests/unit -name 'test_*.c' | LC_ALL=C sort | while IFS= read -r file; do
		module=${file#tests/unit/test_}
		module=${module%.c}
		set -- src/*/"$module.c"
		while [ ! -f "$1" ] && [ "$module" != "${module%_*}" ]; do
			module=${module%_*}
			set -- src/*/"$module.c"
		done
		[ -f "$1" ] || echo "$file: no layer has such a module"
	done
}

# Tests and objects in archives are named by the module alone.
repeated_names()
{
	find src -name '*.c' | sed 's|.*/||' | LC_ALL=C sort | uniq -d
}

none 'a layer uses only layers below it' "$(wrong_layers)"
none 'headers are included by the name of their layer' "$(unnamed_layers)"
none 'each library is known in one layer' "$(wrong_libraries)"
none 'every folder is a layer' "$(unknown_layers)"
none 'every source has its header' "$(sources_without_header)"
none 'every header with functions has its source' "$(headers_without_source)"
none 'every module has its unit test' "$(modules_without_test)"
none 'every unit test has its module' "$(tests_without_module)"
none 'no two modules have the same name' "$(repeated_names)"
tap_end
