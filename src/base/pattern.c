/* SPDX-License-Identifier: GPL-2.0-or-later */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/pattern.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Where a match may begin, PCRE2's own limit: for a loop, if there is any, that counts no step. */
#define MATCH_LIMIT    100000
#define HEAP_LIMIT_KIB (10 * 1024)
#define EXPRESSION_MAX 4096
#define BYTES_PER_STEP 64 /* passed over by .* and its like in about the time of a step */

struct pattern {
	pcre2_general_context *memory;
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *data; /* scratch memory of a match */
	bool looks_back;
};

/* An upper-case letter that stands for itself: \S and its like are no wish for a case. */
static bool has_upper_case(const char *expression)
{
	for (const char *at = expression; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (isupper((unsigned char)*at))
			return true;
	}
	return false;
}

/* PCRE2 takes its memory from base/memory, which never fails; so do the calls that only allocate.
 */
static void *take_memory(size_t size, void *unused)
{
	(void)unused;
	return memory_resize(NULL, size);
}

static void give_memory(void *memory, void *unused)
{
	(void)unused;
	free(memory);
}

static pcre2_code *compile(pcre2_general_context *memory, const char *expression, uint32_t options,
			   int *ret_error, size_t *ret_offset)
{
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	pcre2_code *code;

	pcre2_set_max_pattern_length(context, EXPRESSION_MAX);
	code = pcre2_compile((PCRE2_SPTR)expression, PCRE2_ZERO_TERMINATED, options, ret_error,
			     ret_offset, context);
	pcre2_compile_context_free(context);
	return code;
}

/* What is matched now. */
struct match {
	size_t length;
	uint64_t *steps; /* left for it */
};

/*
 * PCRE2 calls this before each item of the pattern that it tries, with a position in the bytes, or
 * in a part of them where they are no UTF-8.
 */
static int take_step(pcre2_callout_block *at, void *context)
{
	struct match *match = context;
	size_t passed = at->current_position < match->length ? at->current_position : match->length;
	uint64_t cost = 1 + (match->length - passed) / BYTES_PER_STEP;

	if (cost > *match->steps)
		return PCRE2_ERROR_MATCHLIMIT;
	*match->steps -= cost;
	return 0;
}

static void fill_mistake(struct pattern_mistake *mistake, int error, size_t offset)
{
	mistake->offset = offset;
	if (pcre2_get_error_message(error, (PCRE2_UCHAR *)mistake->message,
				    sizeof(mistake->message)) == PCRE2_ERROR_BADDATA)
		strcpy(mistake->message, "unknown error");
}

int pattern_create(const char *expression, struct pattern **ret_pattern,
		   struct pattern_mistake *ret_mistake)
{
	pcre2_general_context *memory =
		pcre2_general_context_create(take_memory, give_memory, NULL);
	uint32_t options = PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT;
	struct pattern *pattern;
	size_t offset = 0;
	pcre2_code *code;
	int error = 0;

	if (!has_upper_case(expression))
		options |= PCRE2_CASELESS;
	/* UTF, so that a dot is a character; an expression that is no UTF-8 is taken as bytes. */
	code = compile(memory, expression, options | PCRE2_MATCH_INVALID_UTF, &error, &offset);
	if (!code && error < 0)
		code = compile(memory, expression, options, &error, &offset);
	if (!code) {
		pcre2_general_context_free(memory);
		fill_mistake(ret_mistake, error, offset);
		return -EINVAL;
	}
	pattern = memory_alloc(sizeof(*pattern));
	pattern->memory = memory;
	pattern->code = code;
	pattern->context = pcre2_match_context_create(memory);
	pattern->data = pcre2_match_data_create(1, memory);
	pattern->looks_back =
		strpbrk(expression, "^\\") || strstr(expression, "(?") || strstr(expression, "(*");
	pcre2_set_heap_limit(pattern->context, HEAP_LIMIT_KIB);
	pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
	*ret_pattern = pattern;
	return 0;
}

void pattern_destroy(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_data_free(pattern->data);
	pcre2_match_context_free(pattern->context);
	pcre2_code_free(pattern->code);
	pcre2_general_context_free(pattern->memory);
	free(pattern);
}

bool pattern_looks_back(const struct pattern *pattern)
{
	return pattern->looks_back;
}

/* Whether the compiled pattern says that a byte is in each match, and that is none of these. */
static bool is_other(const struct pattern *pattern, uint32_t type, uint32_t unit, const char *bytes)
{
	uint32_t known = 0, byte = 0;

	if (pcre2_pattern_info(pattern->code, type, &known) || known != 1 ||
	    pcre2_pattern_info(pattern->code, unit, &byte) || byte == 0 || byte > CHAR_MAX)
		return false;
	return !strchr(bytes, tolower((int)byte)) && !strchr(bytes, toupper((int)byte));
}

bool pattern_needs_other(const struct pattern *pattern, const char *bytes)
{
	return is_other(pattern, PCRE2_INFO_FIRSTCODETYPE, PCRE2_INFO_FIRSTCODEUNIT, bytes) ||
	       is_other(pattern, PCRE2_INFO_LASTCODETYPE, PCRE2_INFO_LASTCODEUNIT, bytes);
}

int pattern_match(const struct pattern *pattern, const char *bytes, size_t length, uint64_t *steps)
{
	struct match match = {length, steps};
	uint64_t cost = 1 + length / BYTES_PER_STEP;
	int result = PCRE2_ERROR_MATCHLIMIT;

	if (cost <= *steps) {
		*steps -= cost;
		pcre2_set_callout(pattern->context, take_step, &match);
		result = pcre2_match(pattern->code, (PCRE2_SPTR)bytes, length, 0, 0, pattern->data,
				     pattern->context);
	}
	if (result >= 0)
		return 1;
	if (result == PCRE2_ERROR_NOMATCH)
		return 0;
	*steps = 0;
	return -ELOOP;
}
