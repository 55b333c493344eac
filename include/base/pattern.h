/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

/*
 * A PCRE2 pattern that a person typed. Smart case: an upper-case letter in it makes it case
 * sensitive. Matching is bounded: the caller says how many steps all matches together may take, and
 * a pattern that explodes, or is slow on many strings, is given up, never waited for.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pattern;

/* What is acceptable while a user waits after a key: some 100 ms. */
#define PATTERN_STEPS_A_KEY UINT64_C(4000000)

struct pattern_mistake {
	size_t offset;     /* byte of the expression where it went wrong */
	char message[128]; /* PCRE2's own words */
};

/*
 * Compiles the expression. Returns 0 and sets *ret_pattern (pattern_destroy() frees it); or
 * -EINVAL and fills *ret_mistake.
 */
int pattern_create(const char *expression, struct pattern **ret_pattern,
		   struct pattern_mistake *ret_mistake);

/* Frees the pattern; NULL is allowed. */
void pattern_destroy(struct pattern *pattern);

/* Whether it may matter to a match what stands before it, as with ^ and \b. */
bool pattern_looks_back(const struct pattern *pattern);

/*
 * Whether a match certainly has a byte that is none of these (NUL-terminated; with a letter its
 * upper and its lower case count), so that strings of them need not be tried.
 */
bool pattern_needs_other(const struct pattern *pattern, const char *bytes);

/*
 * Whether length bytes (any bytes) contain a match. *steps are left for this match and those after
 * it; what it takes is subtracted. A step takes some 10 to 30 nanoseconds. Returns 1 or 0, or
 * -ELOOP when the match takes more steps than there are: none are left then.
 */
int pattern_match(const struct pattern *pattern, const char *bytes, size_t length, uint64_t *steps);

#endif
