# SPDX-License-Identifier: GPL-2.0-or-later
#
# FILE:LINE: TEXT for each string of C sources that a user may read, those that the compiler joins as
# one text: literals of two words and more, and with -v every=1 also those of one. SENTENCE_KEY("x")
# shows as <x>, and what a macro or a format inserts as it stands.

function flush() {
	words = text
	gsub(/%[-+ #0-9.*]*(hh|h|ll|l|z|j|t)?[[:alpha:]]/, "%", words)
	if (every ? words ~ /[[:alpha:]][[:alpha:]]/ : text ~ /[[:alpha:]][[:alpha:],.;:]* +[[:alpha:]<%]/)
		print at ": " text
	text = ""
}

FNR == 1 {
	flush()
	comment = 0
}

# Preprocessor lines name headers and macros.
/^[[:space:]]*#/ { next }

{
	rest = $0
	while (rest != "") {
		if (comment) {
			end = index(rest, "*/")
			if (!end)
				next
			rest = substr(rest, end + 2)
			comment = 0
		} else if (match(rest, /^([[:space:]]|\\$)+/)) {
			rest = substr(rest, RLENGTH + 1)
		} else if (match(rest, /^"([^"\\]|\\.)*"/)) {
			if (text == "")
				at = FILENAME ":" FNR
			text = text substr(rest, 2, RLENGTH - 2)
			rest = substr(rest, RLENGTH + 1)
		} else if (match(rest, /^SENTENCE_KEY\([[:space:]]*("([^"]*)"\))?/)) {
			if (text == "")
				at = FILENAME ":" FNR
			key = substr(rest, 1, RLENGTH)
			rest = substr(rest, RLENGTH + 1)
			# The name may stand on the next line.
			if (rest == "" && key !~ /"/) {
				getline rest
				sub(/^[[:space:]]*/, "", rest)
				match(rest, /^"[^"]*"\)/)
				key = substr(rest, 1, RLENGTH)
				rest = substr(rest, RLENGTH + 1)
			}
			gsub(/^[^"]*"|"\)$/, "", key)
			text = text "<" key ">"
		} else if (match(rest, /^PRI[diouxX][0-9A-Z]+/)) {
			rest = substr(rest, RLENGTH + 1)
		} else if (rest ~ /^\/\*/) {
			comment = 1
			rest = substr(rest, 3)
		} else if (rest ~ /^'/) {
			match(rest, /^'([^'\\]|\\.)*'/)
			rest = substr(rest, RLENGTH > 0 ? RLENGTH + 1 : 2)
			flush()
		} else {
			flush()
			match(rest, /^([^"'\/SP[:space:]]+|.)/)
			rest = substr(rest, RLENGTH + 1)
		}
	}
}

END { flush() }
