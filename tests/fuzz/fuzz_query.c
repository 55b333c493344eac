/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A query is read or refused at a place that it has, and then finds: with a blank more at its end
 * the same, negated word by word never what it found itself.
 */
#include "fuzz.h"

#include <errno.h>
#include <string.h>

#include "base/text.h"
#include "model/address_space.h"
#include "model/query.h"
#include "model/usage.h"

static struct address_space *make_space(void)
{
	const struct vma vmas[] = {
		{.start = 0x1000,
		 .end = 0x3000,
		 .inode = 7,
		 .name = "/bin/x",
		 .dev_major = 1,
		 .dev_minor = 2,
		 .perms = PERM_READ | PERM_EXEC,
		 .kind = KIND_TEXT},
		{.start = 0x3000,
		 .end = 0x4000,
		 .name = "",
		 .perms = PERM_READ | PERM_WRITE,
		 .kind = KIND_BSS},
		{.start = 0x5000,
		 .end = 0x9000,
		 .name = "[heap]",
		 .perms = PERM_READ | PERM_WRITE,
		 .kind = KIND_HEAP},
		{.start = 0x7f0000000000,
		 .end = 0x7f0000800000,
		 .name = "",
		 .tid = 4711,
		 .perms = PERM_READ | PERM_WRITE,
		 .kind = KIND_THREAD_STACK,
		 .owner = OWNER_OTHER},
		{.start = 0x7f0001000000,
		 .end = 0x7f0001001000,
		 .inode = 9,
		 .name = "/memfd:\xff\xc3\xa9",
		 .dev_minor = 1,
		 .perms = PERM_READ | PERM_SHARED,
		 .kind = KIND_SHARED,
		 .owner = OWNER_OTHER,
		 .deleted = true},
	};
	struct target target = {.pid = 1, .comm = "x", .page_size = 4096};
	struct address_space *space = NULL;

	FUZZ_CHECK(
		!address_space_create(&target, vmas, sizeof(vmas) / sizeof(vmas[0]), 0, 0, &space));
	return space;
}

static void check_matches(const struct query_matches *matches)
{
	size_t count = 0;

	for (size_t i = query_matches_above(matches, 0); i < matches->vma_count;
	     i = query_matches_above(matches, i + 1)) {
		FUZZ_CHECK(query_matches_has(matches, i));
		FUZZ_CHECK(query_matches_rank(matches, i) == count);
		FUZZ_CHECK(query_matches_below(matches, i + 1) == i);
		count++;
	}
	FUZZ_CHECK(count == matches->count);
}

/* Reads and finds; false where it was refused or given up. */
static int find(const char *line, const struct address_space *space,
		struct query_matches *ret_matches)
{
	struct query_mistake mistake;
	struct query *query;
	int error = query_create(line, &query, &mistake);

	FUZZ_CHECK(error == 0 || error == -EINVAL);
	if (error) {
		FUZZ_CHECK(mistake.offset + mistake.length <= strlen(line));
		FUZZ_CHECK(memchr(mistake.message, '\0', sizeof(mistake.message)));
		FUZZ_CHECK(mistake.message[0]);
		return 0;
	}
	error = query_find(query, space, NULL, ret_matches);
	FUZZ_CHECK(error == 0 || error == -ELOOP);
	query_destroy(query);
	return !error;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct query_matches matches, again;
	struct address_space *space;
	struct text line = {0};

	if (length > 512)
		return 0;
	space = make_space();
	text_append_bytes(&line, (const char *)bytes, length);
	if (find(text_string(&line), space, &matches)) {
		check_matches(&matches);
		/* A NUL ends the line; what was cut off is no part of it. */
		line.length = strlen(text_string(&line));
		text_append(&line, " \t");
		FUZZ_CHECK(find(text_string(&line), space, &again));
		FUZZ_CHECK(again.count == matches.count);
		FUZZ_CHECK(again.bits[0] == matches.bits[0]);
		query_matches_finish(&again);
		query_matches_finish(&matches);
	}
	text_finish(&line);
	address_space_destroy(space);
	return 0;
}
