/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

/*
 * A PCRE2 pattern that a person typed. Smart case: an upper-case letter in it makes it case
 * sensitive. Matching is bounded: a pattern that explodes is given up, never waited for.
 */

#include <stdbool.h>
#include <stddef.h>

struct pattern;

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

/*
 * Whether length bytes (any bytes) contain a match. Returns 1 or 0, or -ELOOP when the match
 * limit was reached.
 */
int pattern_match(const struct pattern *pattern, const char *bytes, size_t length);

/*
 * The same for who matches many times: with a limit of so many steps, a small part of the
 * ordinary limit. A step takes some ten nanoseconds.
 */
int pattern_match_within(const struct pattern *pattern, const char *bytes, size_t length,
			 unsigned steps);

#endif
