#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What users read says one word for one thing, in plain English. `make strings` lists all strings of
# the program. Each rule is an extended regular expression, and what to write instead.

set -u
. "${top_srcdir:?}/tests/tap.sh"
cd "$top_srcdir" || exit 1

strings=$(find src -name '*.c' -print0 | LC_ALL=C sort -z | xargs -0 awk -f tests/lint/strings.awk)
prose=$(grep -nE '.' README.md doc/vastop.1 HACKING.md CHANGELOG.md CONTRIBUTING.md SECURITY.md \
	/dev/null)

# found REGEX: where users could read it.
found()
{
	printf '%s\n%s\n' "$strings" "$prose" | grep -Ei -e "$1" |
		grep -vE '^CHANGELOG\.md:.*\((was )?.(mark|ledger|lens)'
}

# The word between bars, in any case.
word()
{
	none "\"$2\" instead of \"$1\"" "$(found "(^|[^[:alnum:]_-])($1)([^[:alnum:]_-]|\$)")"
}

word 'the mark|since the mark' 'the baseline'
word 'ledger|deltas' 'growers'
word 'lens|lenses' 'colour mode'
word 'strip' 'chart'
word 'surveyor|survey' 'residency scan'
word 'chronicle' 'session'
word 'headroom' 'limits'
word 'reader' 'user'
word "one's own|of one's" "the user's"
word 'nobody|somebody|anybody|whoever' 'a subject'
word 'is told|are told|be told|was told|told by' 'reported, listed'
word 'tells of' 'describes, reports'
word 'dear to' 'expensive'
word 'shall|be it' 'a plain verb'
word 'midst' 'middle'
word 'please' 'the imperative alone'
word 'it is no|it is none' 'it is not a'
word 'lets one|as one|one can|one may|one sets|one sees' 'a subject'
word 'taken anew|made anew|sets it anew' 'refreshed, set to now'
none 'the strings of the program are found' "$(printf '%s\n' "$strings" | awk '
	/: There is no process under the cursor\.$/ { one = 1 }
	/: This is the newest sample; <live> resumes\.$/ { two = 1 }
	END { if (!one || !two || NR < 500) print NR " strings" }')"
tap_end
