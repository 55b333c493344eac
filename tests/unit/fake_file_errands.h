/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_FAKE_FILE_ERRANDS_H
#define TESTS_UNIT_FAKE_FILE_ERRANDS_H

/* When which file is asked about, and what becomes of the answers: errands are the test's own here.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/elf_cache.h"
#include "files/errands.h"
#include "files/file_errand.h"
#include "files/mapped_ways.h"
#include "files/scout.h"
#include "model/classify.h"
#include "model/elf_image.h"
#include "model/file_identity.h"
#include "model/vma.h"

/* What errands find, and which were made: "NAME[ known][ suspect]". */
static struct {
	enum errand_state state;
	bool suspect, bad;
	struct file_finding finding;
	struct errand *made[4096];
	size_t count;
	struct text log;
	bool due;
	bool spared; /* what is found needs no errand */
	int begun, run, tidied;
} world;

struct errand *file_errand_create(struct errands *errands, const struct file_question *question)
{
	const struct text none = {0};
	struct errand *errand = errand_make(NULL, &none, question->suspect);

	assert_non_null(errands);
	text_append_format(&world.log, "%s%s%s%s", world.log.length ? "; " : "",
			   question->vma->name, question->known ? " known" : "",
			   question->suspect ? " suspect" : "");
	if (question->known)
		assert_int_equal(question->stat.stx_ino, 4711);
	assert_int_equal(question->avoid, 5);
	world.made[world.count++] = errand;
	return errand;
}

/* Says "NAME at hand" where it is. */
int file_errand_spare(struct mapped_root *root, const struct file_question *question,
		      struct file_finding *ret_finding)
{
	assert_int_equal(root->directory, 9);
	assert_int_equal(root->avoid, 5);
	if (!world.spared)
		return -EAGAIN;
	text_append_format(&world.log, "%s%s%s at hand", world.log.length ? "; " : "",
			   question->vma->name, question->known ? " known" : "");
	*ret_finding = world.finding;
	if (world.finding.readable)
		ret_finding->image = memory_alloc(sizeof(*ret_finding->image));
	ret_finding->stat.stx_ino = 4711;
	return 0;
}

int file_errand_read(const struct errand *errand, struct file_finding *ret_finding)
{
	(void)errand;
	if (world.bad)
		return -EBADMSG;
	*ret_finding = world.finding;
	if (world.finding.readable)
		ret_finding->image = memory_alloc(sizeof(*ret_finding->image));
	ret_finding->stat.stx_ino = 4711;
	return 0;
}

/* What else errands can: nothing of it is asked for. */
struct errand *errand_create(struct errands *errands, uint32_t dev_major, uint32_t dev_minor,
			     helper_call call, const struct text *request, bool suspect)
{
	(void)errands, (void)dev_major, (void)dev_minor, (void)call, (void)request, (void)suspect;
	abort();
}

void errands_tidy(struct errands *errands)
{
	(void)errands;
	world.tidied++;
}

void errands_begin(struct errands *errands, int directory)
{
	(void)errands;
	assert_int_equal(directory, 9);
	world.begun++;
}

void errands_run(struct errands *errands, int directory)
{
	(void)errands;
	assert_int_equal(directory, 9);
	world.run++;
	for (size_t i = 0; i < world.count; i++) {
		world.made[i]->suspect = world.suspect;
		errand_settle(world.made[i], world.state);
	}
	world.count = world.state == ERRAND_ASKED ? world.count : 0;
}

bool errands_are_due(struct errands *errands)
{
	(void)errands;
	return world.due;
}

#endif
