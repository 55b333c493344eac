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
word 'frames? a second' 'samples a second'
word 'goes on|go on' 'continues, resumes'
word 'ends in SIGSEGV' 'raises SIGSEGV'
word 'smaps (alone )?tells|pagemap tells|kernel (does not )?tells?' 'reports'
word "it's|don't|doesn't|can't|cannot't|isn't|won't|there's" 'the long form'
word "of the kernel's|of the system's|of the terminal's" 'of the kernel'

# sentences REGEX: the texts that end as sentences do and have it.
sentences()
{
	printf '%s\n' "$strings" | grep -E '[.?]$' | sed 's/\\n/\n/g' | grep -E -e "$1"
}

none 'headers name who does what: no "nobody", "is told", "anew"' "$(grep -rnE \
	"\\<(nobody|somebody|anybody|whoever|midst|anew|afresh|manieth)\\>|\\<(is|are|was|be) told\\>|\\<one's own\\>|\\<it is no\\>" include)"
none 'a sentence has single spaces, none before a stop, no exclamation' \
	"$(sentences '[[:alpha:],;]  +[[:alpha:]]|[[:alpha:]] [.,;?]( |$)|!( |$)')"
none 'an error says why: "cannot ...: why"' \
	"$(printf '%s\n' "$strings" | grep -E '^src/app/' | grep -E ': [Cc]annot [^:]*\.$|[0-9]: .*[^,] cannot be (executed|listed|created|opened|read)\>')"
none 'the strings of the program are found' "$(printf '%s\n' "$strings" | awk '
	/: There is no process under the cursor\.$/ { one = 1 }
	/: This is the newest sample; <live> resumes\.$/ { two = 1 }
	END { if (!one || !two || NR < 500) print NR " strings" }')"
tap_end
